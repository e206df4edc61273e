using Nin.Cli.Benching;

namespace Nin.Cli.Rendering;

/// <summary>How fast a server answers, as a table.</summary>
internal static class ServerSpeedText
{
    /// <summary>A row a route, and one for ONNX Runtime alone where it was measured.</summary>
    public static IEnumerable<string> Lines(ServerSpeed speed)
    {
        string[] headers = ["route", ">clients", ">requests/s", ">images/s", ">p50 ms", ">p95 ms", ">p99 ms", ">errors", ">mean batch"];
        if (speed.Bare is not { } bare) return TextTable.Lines(headers, speed.Results.Select(Row));
        return TextTable.Lines([.. headers, ">of ONNX Runtime"],
        [
            .. speed.Results.Select(result => (string[])[.. Row(result), $"{result.ImagesPerSecond / bare.ImagesPerSecond * 100:0} %"]),
            ["ONNX Runtime alone", "", "", NumberText.Count(bare.ImagesPerSecond), "", "", "", "", $"{speed.BareBatch}", "100 %"],
        ]);
    }

    private static string[] Row(LoadResult result) =>
    [
        result.Route.ToString().ToLowerInvariant(), NumberText.Count(result.Clients), NumberText.Count(result.RequestsPerSecond), NumberText.Count(result.ImagesPerSecond),
        Ms(result.P50Ms), Ms(result.P95Ms), Ms(result.P99Ms), Errors(result),
        result.MeanBatch is { } batch ? $"{batch:0.0}" : "-",
    ];

    private static string Ms(double? milliseconds) => milliseconds is { } value ? $"{value:0.00}" : "-";

    private static string Errors(LoadResult result) =>
        result.Errors.IsEmpty ? "0" : string.Join(", ", result.Errors.Select(error => $"{NumberText.Count(error.Value)} x {(error.Key == 0 ? "no answer" : error.Key)}"));
}
