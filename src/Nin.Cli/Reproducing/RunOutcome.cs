using Nin.Evaluation;
using Nin.Json;
using Nin.Recipes;
using Nin.Runs;

namespace Nin.Cli.Reproducing;

/// <summary>A training that has ended, as its folder tells.</summary>
internal sealed record RunOutcome
{
    /// <summary>What it was for.</summary>
    public required ExperimentRun Run { get; init; }

    /// <summary>Where it is.</summary>
    public required RunDirectory Directory { get; init; }

    /// <summary>The recipe before it was scaled.</summary>
    public required TrainingOptions Recipe { get; init; }

    /// <summary>As it was run.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>How it ended.</summary>
    public required RunEnded Ended { get; init; }

    /// <summary>First to last.</summary>
    public required IReadOnlyList<EpochEnded> Epochs { get; init; }

    /// <summary>Of its last weights; null where it collapsed or diverged.</summary>
    public required EvaluationResult? Test { get; init; }

    /// <summary>That computed, at the end.</summary>
    public required int Threads { get; init; }

    /// <summary>In 0..1.</summary>
    public double? TestError => 1 - Test?.Top1;

    /// <summary>Of the last epoch, in 0..1; measured while training.</summary>
    public double? TrainError => Epochs is [.., var last] ? 1 - last.TrainAccuracy : null;

    /// <summary>Reads it.</summary>
    public static RunOutcome Of(ExperimentRun run, RunDirectory directory, TrainingOptions recipe, TrainingOptions options, RunEnded ended) => new()
    {
        Run = run,
        Directory = directory,
        Recipe = recipe,
        Options = options,
        Ended = ended,
        Epochs = File.Exists(directory.Results) ? ResultsCsv.Read(directory.Results) : [],
        Test = JsonFile.Read<EvaluationResult>(directory.Evaluation),
        Threads = JsonFile.Read<Dictionary<string, string>>(directory.Environment) is { } environment ? int.Parse(environment["threads"]) : options.Threads,
    };
}
