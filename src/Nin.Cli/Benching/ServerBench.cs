using Nin.Inference;

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
        LoadGenerator[] loads = [.. routes.Select(route => new LoadGenerator(options with { Route = route, Duration = model is null ? options.Duration : Turn, Pictures = route != LoadRoute.Predict ? [] : options.Pictures.Count > 0 ? options.Pictures : SamplePictures.All() }))];
        try
        {
            if (model is null) return new(null, null, [.. loads.Select(load => Run(load, FirstWarmUp))]);
            using var classifier = Classifier.Load(model);
            // Short turns: whatever else slows the machine then slows all of them alike.
            var rounds = Enumerable.Range(0, (int)options.Duration.TotalSeconds)
                .Select(round => (Bare: InferenceSpeed.Measure(classifier, BareBatch, Turn), Results: loads.Select(load => Run(load, round == 0 ? FirstWarmUp : WarmUp)).ToArray()))
                .OrderBy(round => round.Results[0].ImagesPerSecond / round.Bare.ImagesPerSecond)
                .ToArray();
            return new(rounds[rounds.Length / 2].Bare, BareBatch, rounds[rounds.Length / 2].Results);
        }
        finally
        {
            foreach (var load in loads) load.Dispose();
        }
    }

    private static LoadResult Run(LoadGenerator load, TimeSpan warmUp) => load.Run(warmUp).GetAwaiter().GetResult();
}

/// <summary>How fast a server answers.</summary>
/// <param name="Bare">ONNX Runtime alone, in the same round; null where it was not wanted.</param>
/// <param name="BareBatch">Images in each of its runs.</param>
/// <param name="Results">One a route, of the round in the middle where there are rounds.</param>
internal sealed record ServerSpeed(InferenceSpeed? Bare, int? BareBatch, IReadOnlyList<LoadResult> Results);
