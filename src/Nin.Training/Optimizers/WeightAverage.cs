using Nin.Training.Networks;
using static TorchSharp.torch;

namespace Nin.Training.Optimizers;

/// <summary>
/// A running average of all weights and running statistics (Polyak and Juditsky, 1992): less noisy than the weights of any one step, above all while the rate is high.
/// </summary>
public sealed class WeightAverage : IDisposable
{
    private readonly Network _network;
    private readonly double _decay;

    /// <summary>Begins with the network's weights as they are.</summary>
    /// <param name="network">Whose weights are averaged.</param>
    /// <param name="decay">The share of the average that is left after one step, in [0, 1).</param>
    public WeightAverage(Network network, double decay)
    {
        (_network, _decay) = (network, decay);
        Values = [.. Live().Select(live => live.clone().DetachFromDisposeScope())];
    }

    /// <summary>The averages: all weights flat, then the running statistics in their order.</summary>
    public IReadOnlyList<Tensor> Values { get; }

    /// <summary>Takes the weights of one more step in. Early averages reach back no further than the steps there were.</summary>
    /// <param name="step">Steps made, from 1.</param>
    public void Add(long step)
    {
        using var off = no_grad();
        var weight = Math.Max(1 - _decay, 1 - (1.0 + step) / (10 + step));
        foreach (var (average, live) in Values.Zip(Live())) average.lerp_(live, weight);
    }

    /// <summary>Puts the averages in the place of the weights until the result is disposed of.</summary>
    public IDisposable Use()
    {
        Swap();
        return new Swapped(this);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var value in Values) value.Dispose();
    }

    private IEnumerable<Tensor> Live() => [_network.Parameters.Master, .. _network.Statistics.Values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)];

    private void Swap()
    {
        using var off = no_grad();
        foreach (var (average, live) in Values.Zip(Live()))
        {
            using var copy = live.clone();
            live.copy_(average);
            average.copy_(copy);
        }
        _network.Parameters.RefreshCompute();
    }

    private sealed class Swapped(WeightAverage average) : IDisposable
    {
        public void Dispose() => average.Swap();
    }
}
