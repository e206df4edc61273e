using Nin.Training.Profiling;

namespace Nin.Benchmarks;

/// <summary>What was measured of one contestant on one network.</summary>
/// <param name="Contestant">Who.</param>
/// <param name="Version">What it ran on; null where that is missing.</param>
/// <param name="Threads">That it computed with.</param>
/// <param name="Missing">Why it could not be measured.</param>
/// <param name="StepSeconds">The mean seconds of a step in every round; empty where it could not be measured.</param>
/// <param name="PeakBytes">The highest resident memory of its process.</param>
internal sealed record Measurement(Contestant Contestant, string? Version, int Threads, string Missing, IReadOnlyList<double> StepSeconds, double PeakBytes)
{
    /// <summary>Whether there are numbers.</summary>
    public bool IsThere => StepSeconds.Count > 0;

    /// <summary>Seconds of a step, the median over rounds.</summary>
    public double MedianSeconds => Medians.Of(StepSeconds);
}
