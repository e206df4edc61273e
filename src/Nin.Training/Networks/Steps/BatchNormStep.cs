using Nin.Architectures;
using Nin.Training.Compute;
using static TorchSharp.torch;

namespace Nin.Training.Networks.Steps;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy, 2015) on bfloat16, with the ReLU behind it where there is one. The statistics are those of the whole batch,
/// however it is cut.
/// </summary>
/// <param name="parameters">Holds weight and bias.</param>
/// <param name="statistics">Holds the running mean and variance.</param>
/// <param name="part">Which part of the batch this is.</param>
/// <param name="exchange">Where the parts, and with synchronised statistics all ranks, add their sums up.</param>
/// <param name="key">The prefix of the parameters' names.</param>
/// <param name="relu">Whether a ReLU follows.</param>
internal sealed class BatchNormStep(StepParameters parameters, RunningStatistics statistics, int part, Exchange exchange, string key, bool relu) : Step
{
    private readonly int _channels = parameters.CountOf($"{key}.weight");
    private Tensor? _input;
    private double _rows; // of the whole batch
    private double[] _mean = [];
    private double[] _inverseDeviation = [];
    private float[] _scale = [];
    private float[] _shift = [];

    /// <inheritdoc />
    public override Tensor Forward(Tensor input, Pass pass)
    {
        var (mean, variance) = pass.Training ? BatchStatistics(input) : statistics.Read(key);
        (_mean, _inverseDeviation) = (mean, Array.ConvertAll(variance, v => 1 / Math.Sqrt(v + BatchNormOperation.Epsilon)));
        (_scale, _shift) = (new float[_channels], new float[_channels]);
        var weight = parameters.Values($"{key}.weight");
        var bias = parameters.Values($"{key}.bias");
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
        var sums = exchange.Add(part, BatchNormKernel.GradientSums(gradient, _input, _scale, _shift, relu));
        var (a, b, d) = (new float[_channels], new float[_channels], new float[_channels]);
        for (var c = 0; c < _channels; c++)
        {
            var inverse = _inverseDeviation[c];
            var (sum, product) = (sums[c], sums[_channels + c]);
            var normalised = (product - _mean[c] * sum) * inverse; // sum of gradient * normalised x
            // Gradients are summed over ranks, and these are already.
            if (part == 0) StoreGradients(c, exchange.Ranks.IsFirst ? normalised : 0, exchange.Ranks.IsFirst ? sum : 0);
            var slope = -_scale[c] * inverse * normalised / _rows;
            (a[c], b[c], d[c]) = (_scale[c], (float)slope, (float)(-_scale[c] * sum / _rows - slope * _mean[c]));
        }
        if (inputGradientNeeded) BatchNormKernel.GradientApply(gradient, _input, _scale, _shift, relu, a, b, d);
        Dispose();
        if (inputGradientNeeded) return gradient;
        gradient.Dispose();
        return null;
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _input?.Dispose();
        _input = null;
    }

    private (double[] Mean, double[] Variance) BatchStatistics(Tensor input)
    {
        var sums = exchange.Add(part, [.. BatchNormKernel.Sums(input), input.numel() / _channels]);
        _rows = sums[^1];
        var (mean, variance) = RunningStatistics.Moments(sums);
        if (part == 0) statistics.Update(key, mean, variance, (long)_rows);
        return (mean, variance);
    }

    private void StoreGradients(int channel, double weight, double bias)
    {
        parameters.Gradients($"{key}.weight")[channel] = (float)weight;
        parameters.Gradients($"{key}.bias")[channel] = (float)bias;
    }
}
