using Nin.Files;
using Nin.Inference;
using Nin.Server.Load;

namespace Nin.Cli.Benching;

/// <summary>Puts a server under load, where it is wanted in turns with ONNX Runtime alone.</summary>
internal static class ServerBench
{
    private const int BareBatch = 32;
    private static readonly TimeSpan FirstWarmUp = TimeSpan.FromSeconds(3), WarmUp = TimeSpan.FromSeconds(0.25), Turn = TimeSpan.FromSeconds(1);

    /// <summary>Measures some routes.</summary>
    /// <param name="options">The load of each.</param>
    /// <param name="routes">What to ask for.</param>
    /// <param name="model">The file that is served, to be run alone too, in turns of a second; null to leave that.</param>
    /// <returns>Over the whole time, or the round in the middle.</returns>
    public static ServerSpeed Measure(LoadOptions options, IReadOnlyList<LoadRoute> routes, string? model)
    {
        LoadGenerator[] loads = [.. routes.Select(route => new LoadGenerator(options with { Route = route, Duration = model is null ? options.Duration : Turn, Pictures = route == LoadRoute.Predict ? Pictures(options.Pictures) : [] }))];
        try
        {
            if (model is null) return new(null, [.. loads.Select(load => Run(load, FirstWarmUp))]);
            // Short turns: whatever else slows the machine then slows all of them alike.
            var rounds = Enumerable.Range(0, (int)options.Duration.TotalSeconds)
                .Select(round => (Bare: InferenceSpeed.Measure(model, BareBatch, threads: 0, Turn), Results: loads.Select(load => Run(load, round == 0 ? FirstWarmUp : WarmUp)).ToArray()))
                .OrderBy(round => round.Results[0].ImagesPerSecond / round.Bare.ImagesPerSecond)
                .ToArray();
            return new(rounds[rounds.Length / 2].Bare, rounds[rounds.Length / 2].Results);
        }
        finally
        {
            foreach (var load in loads) load.Dispose();
        }
    }

    private static LoadResult Run(LoadGenerator load, TimeSpan warmUp) => load.Run(warmUp).GetAwaiter().GetResult();

    /// <summary>What was named, or the sample pictures that ship.</summary>
    private static IReadOnlyList<string> Pictures(IReadOnlyList<string> named)
    {
        if (named.Count > 0) return named;
        var samples = NinHome.Find() is { } home ? Path.Combine(home, "samples") : "samples";
        return Directory.Exists(samples) && PictureFiles.In(samples).ToArray() is { Length: > 0 } pictures ? pictures
            : throw new DataException("there are no pictures to send", $"{samples} holds none", "name a folder of them: --pictures ./photos");
    }
}

/// <summary>How fast a server answers.</summary>
/// <param name="Bare">ONNX Runtime alone, in the same round; null where it was not wanted.</param>
/// <param name="Results">One a route, of the round in the middle where there are rounds.</param>
internal sealed record ServerSpeed(InferenceSpeed? Bare, IReadOnlyList<LoadResult> Results);
