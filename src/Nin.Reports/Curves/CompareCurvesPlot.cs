using Nin.Reports.Drawing;
using Nin.Runs;
using ScottPlot;
using static System.FormattableString;

namespace Nin.Reports.Curves;

/// <summary>Several runs on one picture: validation loss and accuracy over epochs, those of training where a run has no validation.</summary>
public static class CompareCurvesPlot
{
    private const int LongestName = 18;

    /// <summary>A PNG of 1600 x 640 pixels.</summary>
    /// <param name="runs">In the order of their colours. Points change their shape once the colours are used up.</param>
    public static byte[] Png(IReadOnlyList<RunCurve> runs) => Row(runs).Png();

    /// <summary>Two SVG elements for a page, loss and accuracy.</summary>
    /// <inheritdoc cref="Png" path="/param" />
    public static string Svg(IReadOnlyList<RunCurve> runs) =>
        Row(runs).Svg(string.Join("; ", runs.Select(run => run.Name)));

    private static PanelRow Row(IReadOnlyList<RunCurve> runs) => new(
        new TrendPanel
        {
            Title = "Loss",
            Label = Numbers.Loss,
            Tick = value => Invariant($"{value:0.####}"),
            Trends = [.. runs.Select((run, i) => Line(run, i, epoch => HasValidation(run) ? epoch.ValLoss : epoch.TrainLoss))],
        },
        new TrendPanel
        {
            Title = "Accuracy, %",
            Label = Numbers.Percent,
            Tick = value => Invariant($"{100 * value:0.##}"),
            Domain = new(0, 1),
            Trends = [.. runs.Select((run, i) => Line(run, i, epoch => HasValidation(run) ? epoch.ValAccuracy : epoch.TrainAccuracy))],
        });

    private static Trend Line(RunCurve run, int index, Func<EpochEnded, double?> value)
    {
        var name = Pen.CutMiddle(run.Name, LongestName);
        return Trend.Of(HasValidation(run) ? name : $"{name} (train)", Ink.Runs[index % Ink.Runs.Length], run.Epochs, epoch => epoch.Epoch, value) with
        {
            // Not dashes: Skia cannot write them to SVG.
            Marker = (index / Ink.Runs.Length % 3) switch { 0 => MarkerShape.FilledCircle, 1 => MarkerShape.FilledSquare, _ => MarkerShape.FilledTriangleUp },
        };
    }

    private static bool HasValidation(RunCurve run) => run.Epochs.Any(epoch => epoch.ValAccuracy is not null);
}

/// <summary>A run to compare.</summary>
/// <param name="Name">As its label says; long ones are cut.</param>
/// <param name="Epochs">First to last.</param>
public sealed record RunCurve(string Name, IReadOnlyList<EpochEnded> Epochs);
