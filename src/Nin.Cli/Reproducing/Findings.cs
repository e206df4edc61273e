using Nin.Evaluation;
using Nin.Reports.Experiments;

namespace Nin.Cli.Reproducing;

/// <summary>Ways to tell whether what was published is found again.</summary>
internal static class Findings
{
    /// <summary>The normal deviate that 95 % of chance stays within.</summary>
    private const double Deviate = 1.96;

    /// <summary>One network's test error is lower than another's, by more than chance on the test images would explain.</summary>
    public static Func<ExperimentResults, Finding> Lower(string statement, ExperimentRun better, ExperimentRun worse) => results =>
    {
        if (results[better] is not { } low || results[worse] is not { } high) return new(statement, Verdict.Open, "Not all of its runs are finished.");
        if (low.Test is not { } first || high.Test is not { } second)
            return new(statement, Verdict.Open, $"{(low.Test is null ? low : high).Run.Label} {(low.Test is null ? low : high).Ended.StoppedBecause}; there is no test error to compare.");

        var (gain, chance) = (first.Top1 - second.Top1, Chance(first, second));
        var published = better.Published is { } lower && worse.Published is { } higher ? $"; published: {Percent(lower)} against {Percent(higher)}" : "";
        return new(statement, Judge(gain, chance), $"{Capital(better.Label)} {Percent(1 - first.Top1)}, {worse.Label} {Percent(1 - second.Top1)}: {Words(gain, chance)}{published}.");
    };

    /// <summary>One network's test error lies farther above its training error than another's, by more than chance on the test images would explain.</summary>
    public static Func<ExperimentResults, Finding> LearnsByHeart(ExperimentRun learner, ExperimentRun other) => results =>
    {
        var statement = $"{Capital(learner.Label)} learns more by heart";
        if (results[learner] is not { Test: { } test, TrainError: { } train } || results[other] is not { Test: { } otherTest, TrainError: { } otherTrain })
            return new(statement, Verdict.Open, "Not all of its runs have come to a test.");
        var (gap, otherGap, chance) = (1 - test.Top1 - train, 1 - otherTest.Top1 - otherTrain, Chance(test, otherTest));
        return new(statement, Judge(gap - otherGap, chance),
            $"Its test error is {Points(gap)} its training error; {other.Label}: {Points(otherGap)}, where {Words(chance)}. Training errors are measured with dropout at work.");
    };

    /// <summary>A training ends with all class maps dead.</summary>
    public static Func<ExperimentResults, Finding> Collapses(string statement, ExperimentRun run) => results => results[run] is not { } outcome
        ? new(statement, Verdict.Open, "It has not been run yet.")
        : new(statement, outcome.Ended.StoppedBecause == "collapsed" ? Verdict.Seen : Verdict.NotSeen,
            $"It {(outcome.TestError is { } error ? $"ended with a test error of {Percent(error)}" : outcome.Ended.StoppedBecause)}, after {outcome.Ended.Steps:#,0} steps.");

    private static string Points(double difference) => $"{100 * Math.Abs(difference):0.0} points {(difference >= 0 ? "above" : "below")}";

    private static string Words(double gain, double chance) =>
        $"{100 * Math.Abs(gain):0.0} points {(gain >= 0 ? "lower" : "higher")}, where {Words(chance)}";

    private static string Words(double chance) => $"chance on the test images makes up to {100 * chance:0.0}";

    private static Verdict Judge(double gain, double chance) => Math.Abs(gain) <= chance ? Verdict.TooClose : gain > 0 ? Verdict.Seen : Verdict.NotSeen;

    /// <summary>How far chance on the test images moves the difference of two accuracies.</summary>
    private static double Chance(EvaluationResult one, EvaluationResult other) => Deviate * Math.Sqrt(Variance(one.Top1, one.Images) + Variance(other.Top1, other.Images));

    private static double Variance(double share, int images) => share * (1 - share) / images;

    private static string Percent(double error) => $"{100 * error:0.00}\u00A0%";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
