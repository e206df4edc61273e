using Nin.Architectures;
using static TorchSharp.torch;

namespace Nin.Training.Networks.Steps;

/// <summary>
/// Batch normalisation of a batch that several ranks compute, in PyTorch's operations, on every device and in every precision: the sums of all ranks go
/// into the statistics and into the gradient.
/// </summary>
/// <param name="parameters">Holds weight and bias.</param>
/// <param name="statistics">Holds the running mean and variance.</param>
/// <param name="exchange">Where the ranks add their sums up.</param>
/// <param name="key">The prefix of the parameters' names.</param>
internal sealed class SharedBatchNormStep(StepParameters parameters, RunningStatistics statistics, Exchange exchange, string key) : Step
{
    private Tensor? _normalised; // float32
    private Tensor? _scale; // of the normalised by the output's, [C]
    private double _rows; // of the whole batch

    /// <inheritdoc />
    public override Tensor Forward(Tensor input, Pass pass)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var given = input;
        using var weight = parameters.Leaf($"{key}.weight");
        using var bias = parameters.Leaf($"{key}.bias");
        var values = input.to(ScalarType.Float32);
        var (mean, variance) = pass.Training ? BatchStatistics(values) : (statistics.Mean(key), statistics.Variance(key));
        var inverse = (variance + BatchNormOperation.Epsilon).rsqrt();
        var normalised = (values - mean) * inverse;
        if (pass.Training) (_normalised, _scale) = (normalised.DetachFromDisposeScope(), (weight * inverse).DetachFromDisposeScope());
        return (normalised * weight + bias).to(input.dtype).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override Tensor? Backward(Tensor gradient, bool inputGradientNeeded)
    {
        if (_normalised is null || _scale is null) throw new InvalidOperationException("Backward needs a forward pass in training first.");
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var given = gradient;
        var ofOutput = gradient.to(ScalarType.Float32);
        var sums = exchange.Add(0, Sums(ofOutput, ofOutput * _normalised));
        var (ofBias, ofWeight) = (Half(sums, 0, gradient.device), Half(sums, 1, gradient.device));
        // Gradients are summed over ranks, and these are already.
        var share = exchange.Ranks.IsFirst ? 1 : 0;
        parameters.StoreGradient($"{key}.weight", ofWeight * share);
        parameters.StoreGradient($"{key}.bias", ofBias * share);
        var ofInput = _scale * (ofOutput - ofBias / _rows - _normalised * (ofWeight / _rows));
        Dispose();
        return ofInput.to(gradient.dtype).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _normalised?.Dispose();
        _scale?.Dispose();
        (_normalised, _scale) = (null, null);
    }

    private (Tensor Mean, Tensor Variance) BatchStatistics(Tensor values)
    {
        var sums = exchange.Add(0, [.. Sums(values, values.square()), values.numel() / values.shape[^1]]);
        _rows = sums[^1];
        var (mean, variance) = RunningStatistics.Moments(sums);
        var unbias = _rows > 1 ? _rows / (_rows - 1) : 1;
        var (batchMean, batchVariance) = (Channels(mean, values.device), Channels(variance, values.device));
        statistics.Mean(key).lerp_(batchMean, BatchNormOperation.Momentum);
        statistics.Variance(key).lerp_(batchVariance * unbias, BatchNormOperation.Momentum);
        return (batchMean, batchVariance);
    }

    /// <summary>The sums over rows of two tensors [N, H, W, C] of this rank: [C], then [C].</summary>
    private static double[] Sums(Tensor first, Tensor second)
    {
        using var both = cat([first.sum([0L, 1, 2], type: ScalarType.Float64), second.sum([0L, 1, 2], type: ScalarType.Float64)]);
        using var onCpu = both.cpu();
        return onCpu.data<double>().ToArray();
    }

    private static Tensor Half(double[] sums, int half, Device device) => Channels(sums.AsSpan(half * sums.Length / 2, sums.Length / 2).ToArray(), device);

    private static Tensor Channels(double[] values, Device device) => tensor(Array.ConvertAll(values, value => (float)value), device: device);
}
