using System.Collections.Immutable;
using System.Text;
using Nin.Cli.Rendering;
using Nin.Reports;
using Nin.Reports.Curves;
using Nin.Reports.Experiments;

namespace Nin.Cli.Reproducing;

/// <summary>What every experiment with trainings shows: the errors as a picture and as a table, and the curves.</summary>
internal static class ExperimentParts
{
    /// <summary>In the order of the page.</summary>
    public static IEnumerable<ExperimentPart> Of(ExperimentResults results)
    {
        if (results.Experiment.Runs.IsEmpty) yield break;
        yield return Errors(results);
        yield return Table(results);
        if (results.Outcomes.Any(outcome => outcome.Epochs.Count > 0)) yield return Curves(results);
    }

    private static ExperimentPart Errors(ExperimentResults results)
    {
        ErrorRow[] rows =
        [
            .. results.Experiment.Runs.Select(run => Row(run, results[run])),
            .. results.Experiment.Others.Select(other => new ErrorRow(other.Label, other.Error)),
        ];
        return new(ReportSection.OfDrawing("Test errors", ErrorDotsPlot.Svg(rows, results.ScaleText)), ("errors.png", ErrorDotsPlot.Png(rows, results.ScaleText)));
    }

    private static ErrorRow Row(ExperimentRun run, RunOutcome? outcome) => new(run.Label, run.Published, outcome?.TestError, 1 - outcome?.Test?.Top1High, 1 - outcome?.Test?.Top1Low);

    private static ExperimentPart Table(ExperimentResults results)
    {
        var table = new ReportTable(
            $"Errors in per cent; training errors are those of the last epoch, measured while it went on. {results.ScaleText}.",
            ["network", "published", "ours", "95 % interval", "training error", "parameters", "epochs", "time"],
            [
                .. results.Experiment.Runs.Select(run => Cells(run, results[run])),
                .. results.Experiment.Others.Select(other => (ImmutableArray<string>)[other.Label, Percent(other.Error), "", "", "", "", "", ""]),
            ]);
        return new(table.Section("In numbers"), ("results.csv", Encoding.UTF8.GetBytes(ResultsTable(results))));
    }

    private static ImmutableArray<string> Cells(ExperimentRun run, RunOutcome? outcome)
    {
        var published = run.PublishedText ?? Percent(run.Published);
        if (outcome is null) return [run.Label, published, "not run yet", "", "", "", "", ""];
        return
        [
            run.Label, published,
            outcome.Test is null ? outcome.Ended.StoppedBecause : Percent(outcome.TestError),
            outcome.Test is { } test ? $"{Percent(1 - test.Top1High)} to {Percent(1 - test.Top1Low)}" : "",
            Percent(outcome.TrainError), NumberText.Count(outcome.Ended.Parameters), $"{outcome.Ended.Epochs}", NumberText.Duration(outcome.Ended.Seconds),
        ];
    }

    private static string ResultsTable(ExperimentResults results) => Csv.Write(
        ["run", "label", "published_error", "test_error", "test_error_low", "test_error_high", "train_error", "parameters", "epochs", "recipe_epochs", "fraction", "image_size", "seed", "threads", "seconds", "ended"],
        [
            .. results.Outcomes.Select(o => (object?[])
            [
                o.Directory.Name, o.Run.Label, o.Run.Published, o.TestError, 1 - o.Test?.Top1High, 1 - o.Test?.Top1Low, o.TrainError, o.Ended.Parameters,
                o.Ended.Epochs, o.Recipe.Epochs, o.Options.Fraction, o.Options.ImageSize, o.Options.Seed, o.Threads, o.Ended.Seconds, o.Ended.StoppedBecause,
            ]),
            .. results.Experiment.Others.Select(other => (object?[])["", other.Label, other.Error]),
        ]);

    private static ExperimentPart Curves(ExperimentResults results)
    {
        RunCurve[] curves = [.. results.Outcomes.Select(outcome => new RunCurve(outcome.Options.WatchTest ? outcome.Run.Label : $"{outcome.Run.Label} (held out)", outcome.Epochs))];
        var caption = $"After every epoch, the training error measured while it went on, dropout at work. {results.ScaleText}.";
        return new(
            ReportSection.OfDrawing("Over epochs", $"<div class=\"pair\">{ErrorCurvesPlot.Svg(curves)}</div>", caption),
            ("curves.png", ErrorCurvesPlot.Png(curves, results.ScaleText)),
            ("curves.csv", Encoding.UTF8.GetBytes(CurvesTable(results))));
    }

    private static string CurvesTable(ExperimentResults results) => Csv.Write(
        ["run", "epoch", "train_error", "train_loss", "measured_on", "error", "loss", "learning_rate", "seconds"],
        results.Outcomes.SelectMany(outcome => outcome.Epochs.Select(epoch => (object?[])
        [
            outcome.Directory.Name, epoch.Epoch, 1 - epoch.TrainAccuracy, epoch.TrainLoss, outcome.Options.WatchTest ? "test" : "held out",
            1 - epoch.ValAccuracy, epoch.ValLoss, epoch.LearningRate, epoch.Seconds,
        ])));

    private static string Percent(double? error) => error is { } value ? $"{100 * value:0.00}" : "";
}
