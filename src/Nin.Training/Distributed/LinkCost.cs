using System.Diagnostics;
using Nin.Training.Profiling;

namespace Nin.Training.Distributed;

/// <summary>What a network takes for a message: a latency, and a time for every byte (the alpha-beta model).</summary>
/// <param name="LatencySeconds">Alpha: of a message, however short.</param>
/// <param name="BytesPerSecond">One over beta.</param>
public sealed record LinkCost(double LatencySeconds, double BytesPerSecond)
{
    private const int Repeats = 30;

    /// <summary>
    /// Seconds in which so many machines add a gradient up: around a ring, each sends 2 (n - 1) pieces of an n-th (Patarasuk and Yuan, 2009). The two short
    /// reductions of a step, the loss and what the ranks agree on, take log2 n messages each.
    /// </summary>
    /// <param name="machines">n.</param>
    /// <param name="bytes">Of the gradient.</param>
    public double StepSeconds(int machines, double bytes) =>
        2 * (machines - 1) * (LatencySeconds + bytes / machines / BytesPerSecond) + 2 * Rounds(machines) * LatencySeconds;

    /// <summary>Measures the network between the ranks there are, at least two; all have to call.</summary>
    /// <param name="ranks">Who measure.</param>
    /// <param name="values">Float32 values of the gradient.</param>
    public static LinkCost Measure(Ranks ranks, int values)
    {
        var (shortest, gradient) = (Time(ranks, 2), Time(ranks, values));
        var latency = shortest / Rounds(ranks.Count);
        var sent = 2.0 * (ranks.Count - 1) / ranks.Count * values * sizeof(float);
        return new(latency, sent / Math.Max(gradient - 2 * (ranks.Count - 1) * latency, 1e-9));
    }

    private static double Rounds(int machines) => Math.Ceiling(Math.Log2(machines));

    private static double Time(Ranks ranks, int values)
    {
        var numbers = new float[values];
        return Medians.Of(Enumerable.Range(0, Repeats).Select(_ =>
        {
            ranks.Meet();
            var startedAt = Stopwatch.GetTimestamp();
            ranks.Sum(numbers.AsSpan());
            return Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        }));
    }
}
