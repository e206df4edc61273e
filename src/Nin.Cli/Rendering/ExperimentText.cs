using Nin.Cli.Reproducing;
using Nin.Reports.Experiments;

namespace Nin.Cli.Rendering;

/// <summary>Experiments as text.</summary>
internal static class ExperimentText
{
    /// <summary>A row an experiment: what it shows and what it takes.</summary>
    public static IEnumerable<string> Listing(IEnumerable<Experiment> experiments, Scale scale) =>
    [
        .. TextTable.Lines(["experiment", "where", "what", ">runs", ">images", ">hours"], experiments.Select(each => Row(each, Effort.Of(each, scale)))),
        "",
        "images: as often as they are seen in training; hours: about, on two server cores that compute in bfloat16",
        "scale one down: nin reproduce figure3 --epochs 20 --fraction 0.1 --batch-norm",
    ];

    /// <summary>What came out, and where its page is.</summary>
    public static IEnumerable<string> Lines(ExperimentResults results, string page) =>
    [
        $"{results.Experiment.Title} ({results.Experiment.Source})",
        .. results.Outcomes.IsEmpty ? [] : (IEnumerable<string>)
        [
            results.ScaleText,
            .. TextTable.Lines(["network", ">published", ">ours", ">95 % interval", ">training"], results.Experiment.Runs.Select(run => Row(run, results[run]))),
        ],
        .. Found(results).Select(finding => $"{finding.Statement}: {ExperimentPage.Words(finding.Verdict)}. {finding.Detail}"),
        $"see {page}",
    ];

    /// <summary>The same for programs.</summary>
    public static object Document(ExperimentResults results, string page) => new
    {
        experiment = results.Experiment.Name,
        page,
        runs = results.Outcomes.Select(outcome => new { run_dir = outcome.Directory.Path, outcome.Run.Label, published_error = outcome.Run.Published, outcome.TestError, outcome.TrainError, outcome.Ended }),
        findings = Found(results),
    };

    private static IEnumerable<Finding> Found(ExperimentResults results) => results.Experiment.Findings.Select(find => find(results));

    private static string[] Row(Experiment experiment, Effort effort) =>
        [experiment.Name, experiment.Source, experiment.Title, $"{effort.Runs}", effort.Images == 0 ? "-" : NumberText.Count(effort.Images), effort.Images == 0 ? "-" : $"{effort.Hours:0.0}"];

    private static string[] Row(ExperimentRun run, RunOutcome? outcome) =>
    [
        run.Label, run.PublishedText ?? NumberText.Percent(run.Published),
        outcome is null ? "not run yet" : outcome.Test is null ? outcome.Ended.StoppedBecause : NumberText.Percent(outcome.TestError),
        outcome?.Test is { } test ? $"{NumberText.Percent(1 - test.Top1High)} to {NumberText.Percent(1 - test.Top1Low)}" : "", NumberText.Percent(outcome?.TrainError),
    ];
}
