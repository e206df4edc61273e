using Nin.Cli.Rendering;
using Nin.Recipes;
using Nin.Runs;

namespace Nin.Cli.Tests.Rendering;

public sealed class CompareTextTests
{
    [Fact]
    public void Runs_stand_side_by_side_with_the_options_that_differ()
    {
        RunColumn[] runs =
        [
            new(new RunSummary(new RunDirectory("runs/train/baseline"), "train", default, new TrainingOptions(), RunSamples.Ended), [RunSamples.EpochOf(1), RunSamples.EpochOf(2)]),
            new(new RunSummary(new RunDirectory("runs/train/faster"), "train", default, new TrainingOptions { Batch = 512, Optimizer = new() { LearningRate = 0.4 } }, null), [RunSamples.EpochOf(1)]),
        ];
        Snapshot.Check(string.Join('\n', CompareText.Lines(runs)));
    }

    [Fact]
    public void A_list_takes_one_line()
    {
        var steps = new TrainingOptions { Schedule = new() { Kind = ScheduleKind.Step, Milestones = [20, 30] } };
        RunColumn[] runs = [.. new[] { steps, steps with { Schedule = steps.Schedule with { Milestones = [25] } } }.Select(options => new RunColumn(new RunSummary(new RunDirectory("run"), "train", default, options, null), [RunSamples.EpochOf(1)]))];
        Assert.Matches(@"(?m)^schedule\.milestones +\[20,30\] +\[25\]$", string.Join('\n', CompareText.Lines(runs)));
    }
}
