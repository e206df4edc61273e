using System.Collections.Immutable;
using ScottPlot;

namespace Nin.Reports.Curves;

/// <summary>The axes of a panel, chosen so that drawn units and values translate into each other before anything is drawn.</summary>
/// <param name="Limits">Of both axes.</param>
/// <param name="FirstEpoch">Of all trends.</param>
/// <param name="LastEpoch">Of all trends.</param>
/// <param name="ValuePerPixel">On the vertical axis.</param>
/// <param name="EpochTicks">The first epoch, round ones and the last.</param>
/// <param name="ValueTicks">Round values within the trends' range.</param>
internal sealed record PanelFrame(AxisLimits Limits, double FirstEpoch, double LastEpoch, double ValuePerPixel, double[] EpochTicks, double[] ValueTicks)
{
    /// <summary>Between two epochs' numbers.</summary>
    private const float TickGap = 32;

    /// <summary>Axes of <paramref name="width"/> x <paramref name="height"/> that leave <paramref name="padding"/> free around the points.</summary>
    public static PanelFrame Around(ImmutableArray<Coordinates> points, CoordinateRange domain, float width, float height, PixelPadding padding)
    {
        var (first, last) = points.IsEmpty ? (1, 1) : (points.Min(p => p.X), points.Max(p => p.X));
        var (low, high) = points.IsEmpty ? (0, 1) : Values(points, domain);
        // A single epoch stands in the middle of a span of one.
        var (left, right) = first == last ? (first - 0.5, last + 0.5) : (first, last);
        var epochPerPixel = (right - left) / (width - padding.Left - padding.Right);
        var valuePerPixel = (high - low) / (height - padding.Top - padding.Bottom);
        var limits = new AxisLimits(
            left - padding.Left * epochPerPixel, right + padding.Right * epochPerPixel, low - padding.Bottom * valuePerPixel, high + padding.Top * valuePerPixel);
        var values = Ticks.Between(low, Math.Min(limits.Top, domain.Max), 5);
        return new(limits, first, last, valuePerPixel, Ticks.Epochs(first, last, TickGap * epochPerPixel), values);
    }

    /// <summary>From a round value, or zero where it is near, to the greatest value.</summary>
    private static (double Low, double High) Values(ImmutableArray<Coordinates> points, CoordinateRange domain)
    {
        var (low, high) = (points.Min(p => p.Y), points.Max(p => p.Y));
        if (low < 0.4 * high)
            low = Math.Min(low, domain.Min);
        if (high - low < 1e-6)
            (low, high) = (Math.Max(domain.Min, low - 0.05), high + 0.05);
        return (low, high);
    }
}
