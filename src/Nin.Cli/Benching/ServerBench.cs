using Nin.Cli.Consoles;
using Nin.Cli.Rendering;
using Nin.Files;
using Nin.Inference;
using Nin.Server.Load;

namespace Nin.Cli.Benching;

/// <summary>Puts a server under load and shows how it did.</summary>
internal static class ServerBench
{
    /// <summary>Measures one route, or both.</summary>
    public static void Show(LoadOptions options, LoadRoute? route, Output output)
    {
        var results = new List<LoadResult>();
        foreach (var each in route is { } only ? [only] : Enum.GetValues<LoadRoute>())
        {
            using var load = new LoadGenerator(options with { Route = each, Pictures = each == LoadRoute.Predict ? Pictures(options.Pictures) : [] });
            results.Add(load.Run().GetAwaiter().GetResult());
        }
        output.Answer(new { server = options.Server, results }, TextTable.Lines(
            ["route", ">clients", ">requests/s", ">images/s", ">p50 ms", ">p95 ms", ">p99 ms", ">errors", ">mean batch"],
            results.Select(result => new[]
            {
                result.Route.ToString().ToLowerInvariant(), NumberText.Count(result.Clients), NumberText.Count(result.RequestsPerSecond), NumberText.Count(result.ImagesPerSecond),
                $"{result.P50Ms:0.00}", $"{result.P95Ms:0.00}", $"{result.P99Ms:0.00}",
                result.Errors.IsEmpty ? "0" : string.Join(", ", result.Errors.Select(error => $"{NumberText.Count(error.Value)} x {(error.Key == 0 ? "no answer" : error.Key)}")),
                result.MeanBatch is { } batch ? $"{batch:0.0}" : "-",
            })));
    }

    /// <summary>What was named, or the sample pictures that ship.</summary>
    private static IReadOnlyList<string> Pictures(IReadOnlyList<string> named)
    {
        if (named.Count > 0) return named;
        var samples = NinHome.Find() is { } home ? Path.Combine(home, "samples") : "samples";
        return Directory.Exists(samples) && PictureFiles.In(samples).ToArray() is { Length: > 0 } pictures ? pictures
            : throw new DataException("there are no pictures to send", $"{samples} holds none", "name a folder of them: --pictures ./photos");
    }
}
