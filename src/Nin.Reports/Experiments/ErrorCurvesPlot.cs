using Nin.Reports.Curves;
using Nin.Reports.Drawing;
using Nin.Runs;
using static System.FormattableString;

namespace Nin.Reports.Experiments;

/// <summary>The paper's figure 3: training and test error over epochs, a line a run.</summary>
public static class ErrorCurvesPlot
{
    private const int LongestName = 22;

    /// <summary>A PNG of 1600 x 680 pixels.</summary>
    /// <param name="runs">In the order of their colours.</param>
    /// <param name="note">The scale, below the picture.</param>
    public static byte[] Png(IReadOnlyList<RunCurve> runs, string note) => Row(runs).Png(note);

    /// <summary>Two SVG elements for a page.</summary>
    /// <inheritdoc cref="Png" path="/param" />
    public static string Svg(IReadOnlyList<RunCurve> runs) => Row(runs).Svg(string.Join("; ", runs.Select(run => run.Name)));

    private static PanelRow Row(IReadOnlyList<RunCurve> runs) => new(
        Panel("Training error, %", runs, epoch => 1 - epoch.TrainAccuracy),
        Panel("Test error, %", runs, epoch => 1 - epoch.ValAccuracy));

    private static TrendPanel Panel(string title, IReadOnlyList<RunCurve> runs, Func<EpochEnded, double?> error) => new()
    {
        Title = title,
        Label = Numbers.Percent,
        Tick = value => Invariant($"{100 * value:0.##}"),
        Domain = new(0, 1),
        Trends = [.. runs.Select((run, i) => Trend.Of(Pen.CutMiddle(run.Name, LongestName), Ink.Runs[i % Ink.Runs.Length], run.Epochs, epoch => epoch.Epoch, error))],
    };
}
