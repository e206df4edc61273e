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
}
