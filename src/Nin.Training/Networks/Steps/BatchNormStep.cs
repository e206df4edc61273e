using Nin.Architectures;
using Nin.Training.Compute;
using static TorchSharp.torch;

namespace Nin.Training.Networks.Steps;

/// <summary>Batch normalisation (Ioffe and Szegedy, 2015) on bfloat16, with the ReLU behind it where there is one.</summary>
/// <param name="store">Holds weight and bias.</param>
/// <param name="statistics">Holds the running mean and variance.</param>
/// <param name="key">The prefix of the parameters' names.</param>
/// <param name="relu">Whether a ReLU follows.</param>
internal sealed class BatchNormStep(ParameterStore store, RunningStatistics statistics, string key, bool relu) : Step
{
    private readonly int _channels = store[$"{key}.weight"].Count;
    private Tensor? _input;
    private double[] _mean = [];
    private double[] _inverseDeviation = [];
    private float[] _scale = [];
    private float[] _shift = [];

    /// <inheritdoc />
    public override Tensor Forward(Tensor input, Pass pass)
    {
        var (mean, variance) = (new double[_channels], new double[_channels]);
        if (pass.Training)
        {
            BatchNormKernel.Statistics(input, mean, variance);
            statistics.Update(key, mean, variance, input.numel() / _channels);
        }
        else
        {
            statistics.Read(key, mean, variance);
        }
        (_mean, _inverseDeviation) = (mean, Array.ConvertAll(variance, v => 1 / Math.Sqrt(v + BatchNormOperation.Epsilon)));
        (_scale, _shift) = (new float[_channels], new float[_channels]);
        var weight = Values("weight");
        var bias = Values("bias");
        for (var c = 0; c < _channels; c++)
        {
            _scale[c] = (float)(weight[c] * _inverseDeviation[c]);
            _shift[c] = (float)(bias[c] - weight[c] * _inverseDeviation[c] * mean[c]);
        }
        if (!pass.Training)
        {
            BatchNormKernel.Apply(input, input, _scale, _shift, relu);
            return input;
        }
        _input = input;
        var output = empty(input.shape, input.dtype);
        BatchNormKernel.Apply(input, output, _scale, _shift, relu);
        return output;
    }

    /// <inheritdoc />
    public override Tensor? Backward(Tensor gradient, bool inputGradientNeeded)
    {
        if (_input is null) throw new InvalidOperationException("Backward needs a forward pass in training first.");
        var rows = _input.numel() / _channels;
        var (sum, product) = BatchNormKernel.GradientSums(gradient, _input, _scale, _shift, relu);
        var weightGradient = Gradients("weight");
        var biasGradient = Gradients("bias");
        var (a, b, d) = (new float[_channels], new float[_channels], new float[_channels]);
        for (var c = 0; c < _channels; c++)
        {
            var inverse = _inverseDeviation[c];
            var normalised = (product[c] - _mean[c] * sum[c]) * inverse; // sum of gradient * normalised x
            (weightGradient[c], biasGradient[c]) = ((float)normalised, (float)sum[c]);
            var slope = -_scale[c] * inverse * normalised / rows;
            (a[c], b[c], d[c]) = (_scale[c], (float)slope, (float)(-_scale[c] * sum[c] / rows - slope * _mean[c]));
        }
        BatchNormKernel.GradientApply(gradient, _input, _scale, _shift, relu, a, b, d);
        Dispose();
        return gradient;
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _input?.Dispose();
        _input = null;
    }

    private unsafe Span<float> Values(string name) => new(store.Master.Pointer<float>() + store[$"{key}.{name}"].Offset, _channels);

    private unsafe Span<float> Gradients(string name) => new(store.Gradient.Pointer<float>() + store[$"{key}.{name}"].Offset, _channels);
}
