using System.Collections.Immutable;
using Nin.Evaluation;
using Nin.Reports.Drawing;
using Nin.Runs;
using ScottPlot;
using static System.FormattableString;

namespace Nin.Reports.Curves;

/// <summary>Loss and accuracy of one run over its epochs, on training and validation images, with the test's result in the epoch whose weights were tested.</summary>
public static class CurvesPlot
{
    /// <summary>A PNG of 1600 x 640 pixels.</summary>
    /// <param name="epochs">First to last; without any the axes stay empty.</param>
    /// <param name="test">Shown as a point in the epoch whose weights were tested.</param>
    /// <param name="judge">The images after every epoch: validation, or test.</param>
    public static byte[] Png(IReadOnlyList<EpochEnded> epochs, EvaluationResult? test = null, string judge = "validation") => Row(epochs, test, judge).Png();

    /// <summary>Two SVG elements for the page, loss and accuracy: coloured by its CSS variables, set in its font, with a description for screen readers.</summary>
    /// <inheritdoc cref="Png" path="/param" />
    public static string Svg(IReadOnlyList<EpochEnded> epochs, EvaluationResult? test = null, string judge = "validation") =>
        Row(epochs, test, judge).Svg(Describe(epochs, test));

    /// <summary>The picture in words.</summary>
    /// <inheritdoc cref="Png" path="/param" />
    public static string Describe(IReadOnlyList<EpochEnded> epochs, EvaluationResult? test = null)
    {
        if (epochs.Count == 0)
            return "No epoch was finished";
        var last = epochs[^1];
        string?[] parts =
        [
            $"After epoch {last.Epoch} the training loss is {Numbers.Loss(last.TrainLoss)} and the training accuracy {Numbers.Percent(last.TrainAccuracy)}",
            BestOf(epochs) is { ValAccuracy: { } best } epoch ? $"the best validation accuracy is {Numbers.Percent(best)} in epoch {epoch.Epoch}" : null,
            test is null ? null : $"the test accuracy is {Numbers.Percent(test.Top1)}",
        ];
        return string.Join("; ", parts.OfType<string>());
    }

    private static PanelRow Row(IReadOnlyList<EpochEnded> epochs, EvaluationResult? test, string judge)
    {
        // Of one epoch there is neither a best nor a course.
        var best = epochs.Count > 1 ? BestOf(epochs) : null;
        return new(
            new TrendPanel
            {
                Title = "Loss",
                Label = Numbers.Loss,
                Tick = value => Invariant($"{value:0.####}"),
                Trends = Trends(epochs, judge, epoch => epoch.TrainLoss, epoch => epoch.ValLoss, test?.Loss),
                Best = best?.ValLoss is { } loss && double.IsFinite(loss) ? new(best.Epoch, loss) : null,
            },
            new TrendPanel
            {
                Title = "Accuracy, %",
                Label = Numbers.Percent,
                Tick = value => Invariant($"{100 * value:0.##}"),
                Domain = new(0, 1),
                Trends = Trends(epochs, judge, epoch => epoch.TrainAccuracy, epoch => epoch.ValAccuracy, test?.Top1),
                Best = best?.ValAccuracy is { } accuracy ? new(best.Epoch, accuracy) : null,
                BestText = best?.ValAccuracy is { } value ? $"best: {Numbers.Percent(value)} in epoch {best.Epoch}" : "",
                Rates = epochs.Count < 2 ? [] : Trend.Of("learning rate", Ink.Faint, epochs, epoch => epoch.Epoch, epoch => epoch.LearningRate).Points,
            });
    }

    private static ImmutableArray<Trend> Trends(
        IReadOnlyList<EpochEnded> epochs, string judge, Func<EpochEnded, double?> train, Func<EpochEnded, double?> validation, double? test) =>
    [
        Trend.Of("train", Ink.Train, epochs, epoch => epoch.Epoch, train),
        Trend.Of(judge, Ink.Validation, epochs, epoch => epoch.Epoch, validation),
        // Where the test was watched, its last point is there already.
        .. judge == "test" ? [] : (Trend[])[Trend.Of("test", Ink.Test, Tested(epochs) is { } tested ? [tested] : Array.Empty<EpochEnded>(), epoch => epoch.Epoch, _ => test) with { Marker = MarkerShape.FilledDiamond }],
    ];

    /// <summary>The epoch whose weights were kept, and tested: the best, or the last where nothing said which is best.</summary>
    private static EpochEnded? Tested(IReadOnlyList<EpochEnded> epochs) => BestOf(epochs) ?? (epochs.Count > 0 ? epochs[^1] : null);

    /// <summary>The epoch that the run called best last, where it was judged on other images than the training's.</summary>
    internal static EpochEnded? BestOf(IReadOnlyList<EpochEnded> epochs) => epochs.LastOrDefault(epoch => epoch.IsBest && epoch.ValAccuracy is not null);
}
