using System.Text.Json;
using System.Text.Json.Nodes;
using Nin.Json;

namespace Nin.Cli.Rendering;

/// <summary>Runs side by side, a column each.</summary>
internal static class CompareText
{
    /// <summary>Results, the options that differ, and accuracy epoch by epoch.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<RunColumn> runs)
    {
        string[] headers = [.. runs.Select(run => $">{run.Name}")];
        string[][] differing = [.. DifferingOptions(runs)];
        return
        [
            .. TextTable.Lines(["result", .. headers], Results(runs).Where(row => row.Skip(1).Any(cell => cell != "-"))),
            "",
            .. differing.Length == 0 ? ["all options are the same"] : TextTable.Lines(["option", .. headers], differing),
            "",
            .. TextTable.Lines(["accuracy after epoch", .. headers], Accuracies(runs)),
        ];
    }

    private static IEnumerable<string[]> Results(IReadOnlyList<RunColumn> runs) =>
    [
        ["test accuracy", .. runs.Select(run => NumberText.Percent(run.Run.Ended?.TestAccuracy))],
        ["test with flips", .. runs.Select(run => NumberText.Percent(run.Run.Ended?.TestAccuracyFlips))],
        ["validation accuracy", .. runs.Select(run => NumberText.Percent(run.Run.Ended?.ValAccuracy))],
        ["training accuracy", .. runs.Select(run => NumberText.Percent(run.Run.Ended?.TrainAccuracy))],
        ["test loss", .. runs.Select(run => NumberText.Loss(run.Run.Ended?.TestLoss))],
        ["time", .. runs.Select(run => NumberText.Duration(run.Run.Ended?.Seconds ?? double.NaN))],
        ["images/s", .. runs.Select(run => run.Run.Ended is { } ended ? NumberText.Count(ended.ImagesPerSecond) : "-")],
        ["ended", .. runs.Select(run => StopReason.Of(run.Run))],
    ];

    private static IEnumerable<string[]> DifferingOptions(IReadOnlyList<RunColumn> runs)
    {
        var options = runs.Select(run => Flatten("", JsonSerializer.SerializeToNode(run.Run.Options, NinJson.Line)).ToDictionary()).ToArray();
        return from path in options.SelectMany(each => each.Keys).Distinct()
               let values = options.Select(each => each.GetValueOrDefault(path, "-")).ToArray()
               where path != "name" && values.Distinct().Count() > 1
               select (string[])[path, .. values];
    }

    private static IEnumerable<KeyValuePair<string, string>> Flatten(string path, JsonNode? node) => node switch
    {
        JsonObject record => record.SelectMany(field => Flatten(path.Length == 0 ? field.Key : $"{path}.{field.Key}", field.Value)),
        _ when path.Length == 0 => [],
        _ => [new(path, node switch { null => "-", JsonValue value => value.ToString(), _ => node.ToJsonString() })],
    };

    /// <summary>Validation accuracy, or training accuracy where nothing was held out.</summary>
    private static IEnumerable<string[]> Accuracies(IReadOnlyList<RunColumn> runs) =>
        from epoch in runs.SelectMany(run => run.Epochs).Select(each => each.Epoch).Distinct().Order()
        select (string[])[$"{epoch}", .. runs.Select(run => run.Epochs.FirstOrDefault(each => each.Epoch == epoch) is { } there ? NumberText.Percent(there.ValAccuracy ?? there.TrainAccuracy) : "-")];
}
