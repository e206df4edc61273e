using System.Collections.Immutable;

namespace Nin.Runs;

/// <summary>How the loss answers to the learning rate: a short training in which the rate rises from step to step (Smith, 2015).</summary>
/// <param name="Points">One a step; rates rise by the same factor each.</param>
/// <param name="Suggested">A rate to begin with: a tenth of that with the lowest loss, near which training is fast and still far from diverging; null where the loss never fell.</param>
/// <param name="Diverged">Whether the loss grew beyond bounds before the highest rate.</param>
public sealed record LearningRateSearch(ImmutableArray<LearningRatePoint> Points, double? Suggested, bool Diverged)
{
    /// <summary>Of the layout of this record.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>A tenth of the rate with the lowest smoothed loss, which must lie clearly below where the loss began.</summary>
    public static double? Suggest(IReadOnlyList<LearningRatePoint> points)
    {
        if (points.Count == 0) return null;
        var lowest = points.MinBy(point => point.Smoothed)!;
        return lowest.Smoothed < 0.98 * points[0].Smoothed ? Rounded(lowest.LearningRate / 10) : null;
    }

    /// <summary>To two digits that count: the curve does not tell more.</summary>
    private static double Rounded(double rate) => double.Parse(rate.ToString("G2", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A step of the search.</summary>
/// <param name="LearningRate">Of this step.</param>
/// <param name="Loss">Mean cross-entropy of its batch, before the step.</param>
/// <param name="Smoothed">The running mean of losses up to here.</param>
public sealed record LearningRatePoint(double LearningRate, double Loss, double Smoothed);
