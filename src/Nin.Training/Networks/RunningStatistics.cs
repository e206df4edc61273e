using Nin.Architectures;
using Nin.Training.Compute;
using static TorchSharp.torch;

namespace Nin.Training.Networks;

/// <summary>The running mean and variance of every batch normalisation, in float32 as PyTorch keeps them.</summary>
public sealed class RunningStatistics : IDisposable
{
    private readonly Dictionary<string, Tensor> _values = [];

    internal RunningStatistics(Plan plan, Device device)
    {
        foreach (var step in plan.Steps)
        {
            if (step.Operation is not BatchNormOperation norm) continue;
            _values[$"{step.Key}.running_mean"] = zeros(norm.Channels, device: device).DetachFromDisposeScope();
            _values[$"{step.Key}.running_var"] = ones(norm.Channels, device: device).DetachFromDisposeScope();
        }
    }

    /// <summary>Every statistic by its PyTorch name, for example <c>0.1.running_mean</c>.</summary>
    public IReadOnlyDictionary<string, Tensor> Values => _values;

    internal Tensor Mean(string key) => _values[$"{key}.running_mean"];

    internal Tensor Variance(string key) => _values[$"{key}.running_var"];

    /// <summary>Mean and variance of a batch from a batch normalisation's sums: of the values of every channel, then of their squares, then the number of rows.</summary>
    internal static (double[] Mean, double[] Variance) Moments(ReadOnlySpan<double> sums)
    {
        var channels = sums.Length / 2;
        var (mean, variance) = (new double[channels], new double[channels]);
        for (var c = 0; c < channels; c++)
        {
            mean[c] = sums[c] / sums[^1];
            variance[c] = Math.Max(0, sums[channels + c] / sums[^1] - mean[c] * mean[c]);
        }
        return (mean, variance);
    }

    /// <summary>Moves a tenth of the way towards a batch's mean and unbiased variance.</summary>
    internal void Update(string key, ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, long rows)
    {
        var runningMean = Values32(Mean(key));
        var runningVariance = Values32(Variance(key));
        var unbias = rows > 1 ? rows / (double)(rows - 1) : 1;
        for (var c = 0; c < mean.Length; c++)
        {
            runningMean[c] += (float)(BatchNormOperation.Momentum * (mean[c] - runningMean[c]));
            runningVariance[c] += (float)(BatchNormOperation.Momentum * (variance[c] * unbias - runningVariance[c]));
        }
    }

    internal (double[] Mean, double[] Variance) Read(string key) =>
        (Array.ConvertAll(Values32(Mean(key)).ToArray(), value => (double)value), Array.ConvertAll(Values32(Variance(key)).ToArray(), value => (double)value));

    private static unsafe Span<float> Values32(Tensor tensor) => new(tensor.Pointer<float>(), (int)tensor.numel());

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var value in _values.Values) value.Dispose();
    }
}
