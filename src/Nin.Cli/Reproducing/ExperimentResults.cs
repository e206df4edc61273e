using System.Collections.Immutable;
using Nin.Cli.Rendering;

namespace Nin.Cli.Reproducing;

/// <summary>What the trainings of an experiment have given so far.</summary>
/// <param name="Experiment">What they were for.</param>
/// <param name="Changes">What departs from the recipes; empty where nothing does.</param>
/// <param name="Outcomes">Of those that are finished, in the experiment's order.</param>
internal sealed record ExperimentResults(Experiment Experiment, string Changes, ImmutableArray<RunOutcome> Outcomes)
{
    /// <summary>The outcome of a training; null where it is not finished.</summary>
    public RunOutcome? this[ExperimentRun run] => Outcomes.FirstOrDefault(outcome => outcome.Run.Name == run.Name);

    /// <summary>The scale as names and values; empty where nothing was trained.</summary>
    public ImmutableArray<(string Name, string Value)> Scale => Outcomes.IsEmpty ? [] :
    [
        ("runs finished", $"{Outcomes.Length} of {Experiment.Runs.Length}"),
        ("epochs", Epochs),
        ("training images", Span(outcome => $"{100 * outcome.Options.Fraction:0.##} %")),
        ("image size", Span(outcome => outcome.Options.ImageSize is { } side ? $"{side}x{side}" : "as they are")),
        ("seed", Span(outcome => $"{outcome.Options.Seed}")),
        ("threads", Span(outcome => $"{outcome.Threads}")),
        ("training time", NumberText.Duration(Outcomes.Sum(outcome => outcome.Ended.Seconds))),
        .. Changes == "" ? [] : ((string, string)[])[("unlike the paper", Changes)],
    ];

    /// <summary>The scale in a line, as every table and picture states it.</summary>
    public string ScaleText => Outcomes.IsEmpty
        ? "nothing was trained"
        : $"Scale: {Epochs} epochs on {Span(outcome => $"{100 * outcome.Options.Fraction:0.##} %")} of the training images"
            + $"{(Outcomes.Any(outcome => outcome.Options.ImageSize is not null) ? $", at {Span(outcome => outcome.Options.ImageSize is { } side ? $"{side}x{side}" : "their own size")}" : "")}"
            + $"; seed {Span(outcome => $"{outcome.Options.Seed}")}, threads {Span(outcome => $"{outcome.Threads}")}, trained for {NumberText.Duration(Outcomes.Sum(outcome => outcome.Ended.Seconds))}{(Changes == "" ? "" : $"; unlike the paper: {Changes}")}";

    private string Epochs => Span(outcome => outcome.Ended.Epochs == outcome.Recipe.Epochs ? $"{outcome.Ended.Epochs}" : $"{outcome.Ended.Epochs} of {outcome.Recipe.Epochs}");

    private string Span(Func<RunOutcome, string> value) => string.Join(", ", Outcomes.Select(value).Distinct());
}
