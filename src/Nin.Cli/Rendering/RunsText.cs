using Nin.Runs;

namespace Nin.Cli.Rendering;

/// <summary>Runs as a table.</summary>
internal static class RunsText
{
    /// <summary>A row a run; trainings without an end are shown as unfinished.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<RunSummary> runs) => runs.Count == 0
        ? ["no runs yet; begin with: nin train"]
        : TextTable.Lines(["run", "task", "data", "network", ">epochs", ">test", ">validation", ">time", "ended"], runs.Select(Row));

    private static string[] Row(RunSummary run) =>
    [
        run.Directory.Name,
        run.Task,
        run.Options?.Data ?? "-",
        run.Options?.Network ?? "-",
        run.Ended is { } ended ? $"{ended.Epochs}" : "-",
        NumberText.Percent(run.Ended?.TestAccuracy),
        NumberText.Percent(run.Ended?.ValAccuracy),
        run.Ended is { } end ? NumberText.Duration(end.Seconds) : "-",
        StopReason.Of(run),
    ];
}
