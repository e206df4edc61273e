using System.Collections.Immutable;
using Nin.Reports.Drawing;
using ScottPlot;

namespace Nin.Reports.Curves;

/// <summary>One line of a panel, named at its end.</summary>
/// <param name="Name">As the label begins.</param>
/// <param name="Ink">Of the line and the label.</param>
/// <param name="Points">Epoch and value; values are finite.</param>
internal sealed record Trend(string Name, Ink Ink, ImmutableArray<Coordinates> Points)
{
    /// <summary>The epochs whose value is a number: a run without validation has none, a diverged one lacks its end.</summary>
    public static Trend Of<T>(string name, Ink ink, IEnumerable<T> epochs, Func<T, double> epoch, Func<T, double?> value) =>
        new(name, ink, [.. epochs.Where(e => double.IsFinite(value(e) ?? double.NaN)).Select(e => new Coordinates(epoch(e), value(e)!.Value))]);

    /// <summary>What stands for a trend of one point; longer ones get dots while these can be told apart.</summary>
    public MarkerShape Marker { get; init; } = MarkerShape.FilledCircle;

    public Coordinates Last => Points[^1];
}
