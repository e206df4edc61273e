using Nin.Cli.Reproducing;
using Nin.Evaluation;
using Nin.Reports.Experiments;

namespace Nin.Cli.Tests.Reproducing;

public sealed class FindingsTests
{
    private static readonly ExperimentRun With = new("with", "with dropout", "paper-cifar10") { Published = 0.1041 };
    private static readonly ExperimentRun Without = new("without", "without", "paper-cifar10") { Published = 0.1451 };

    [Theory]
    [InlineData(0.30, 0.40, Verdict.Seen)]
    [InlineData(0.40, 0.30, Verdict.NotSeen)]
    [InlineData(0.400, 0.405, Verdict.TooClose)]
    [InlineData(0.405, 0.400, Verdict.TooClose)]
    public void An_order_is_seen_only_beyond_chance(double with, double without, Verdict expected)
    {
        var finding = Lower(Outcome(With, with), Outcome(Without, without));
        Assert.Equal(expected, finding.Verdict);
        Assert.Contains("published: 10.41\u00A0% against 14.51\u00A0%", finding.Detail);
    }

    [Theory]
    [InlineData(0.40, 0.01, 0.45, 0.20, Verdict.Seen)]
    [InlineData(0.4001, 0.2, 0.40, 0.2, Verdict.TooClose)]
    [InlineData(0.40, 0.35, 0.45, 0.20, Verdict.NotSeen)]
    public void Learning_by_heart_is_seen_only_beyond_chance(double test, double train, double otherTest, double otherTrain, Verdict expected) =>
        Assert.Equal(expected, Of(Findings.LearnsByHeart(Without, With), Outcome(Without, test, train), Outcome(With, otherTest, otherTrain)).Verdict);

    [Fact]
    public void What_is_not_finished_or_collapsed_is_not_compared()
    {
        Assert.Equal(Verdict.Open, Lower(Outcome(With, 0.3)).Verdict);
        var collapsed = Lower(Outcome(With, 0.3), Outcome(Without, null));
        Assert.Equal((Verdict.Open, "without collapsed; there is no test error to compare."), (collapsed.Verdict, collapsed.Detail));
    }

    private static Finding Lower(params RunOutcome[] outcomes) => Of(Findings.Lower("Dropout helps", With, Without), outcomes);

    private static Finding Of(Func<ExperimentResults, Finding> find, params RunOutcome[] outcomes) =>
        find(new(new() { Name = "x", Title = "x", Source = "x", Shows = "x" }, "", [.. outcomes]));

    private static RunOutcome Outcome(ExperimentRun run, double? error, double trainError = 0) => new()
    {
        Run = run,
        Directory = new("runs/x"),
        Recipe = new(),
        Options = new(),
        Ended = RunSamples.Ended with { StoppedBecause = error is null ? "collapsed" : "epochs" },
        Epochs = [RunSamples.EpochOf(1) with { TrainAccuracy = 1 - trainError }],
        Threads = 1,
        Test = error is not { } wrong ? null : new EvaluationResult
        {
            Images = 10_000, Loss = 1, Top1 = 1 - wrong, Top5 = 1, CalibrationError = 0, Top1Low = 1 - wrong - 0.01, Top1High = 1 - wrong + 0.01, PerClass = [], Confusion = [],
        },
    };
}
