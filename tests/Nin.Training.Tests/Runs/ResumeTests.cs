using Nin.Recipes;
using Nin.Runs;
using Nin.Training.Runs;
using Nin.Weights;

namespace Nin.Training.Tests.Runs;

/// <summary>What a resumed run finds is not always what a tidy end leaves.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_that_patience_ended_is_over_and_trains_no_further()
    {
        var (ended, directory) = Train(options => options with { Epochs = 50, Patience = 2, Optimizer = new() { LearningRate = 1e-9 } });
        var weights = File.ReadAllBytes(directory.Weights);
        File.Delete(directory.Weights);
        var (again, _) = Resume(directory);
        Assert.Equal((ended.Epochs, ended.Steps, "patience"), (again.Epochs, again.Steps, again.StoppedBecause));
        Assert.Equal(weights, File.ReadAllBytes(directory.Weights));
    }

    /// <summary>The last epoch is validated and kept by then; only the test is missing.</summary>
    [Fact]
    public void A_run_that_was_stopped_in_its_last_step_is_tested_when_it_is_resumed()
    {
        var directory = TinyData.Directory(_folder.Path, "run");
        using var stop = new CancellationTokenSource();
        var steps = 0;
        var ended = TrainingRun.Train(TinyData.Options(_folder.Path), TinyData.Set(), directory, happened =>
        {
            if (happened is RunStarted start) steps = start.Epochs * start.StepsPerEpoch;
            if (happened is StepEnded { Step: var step, Done: var done } && step == steps)
            {
                Assert.Equal(1, done);
                stop.Cancel();
            }
        }, new StopRequest(() => "interrupted", stop.Token));
        Assert.Equal(("interrupted", (double?)null), (ended.StoppedBecause, ended.TestAccuracy));
        Assert.False(File.Exists(directory.Onnx));
        var (again, _) = Resume(directory);
        Assert.Equal((ended.Steps, "epochs"), (again.Steps, again.StoppedBecause));
        Assert.NotNull(again.TestAccuracy);
        Assert.True(File.Exists(directory.Onnx));
    }

    [Fact]
    public void Other_images_than_those_that_the_run_began_with_are_refused()
    {
        var (_, directory) = Train(options => options);
        var same = TinyData.Set();
        var others = same with { Train = same.Train.Select([.. Enumerable.Range(0, same.Train.Count).Select(i => (i + 4) % same.Train.Count)]) };
        var error = Assert.Throws<UsageException>(() => TrainingRun.Resume(Options(directory), others, directory, _ => { }));
        Assert.Equal("the images are not those that the run began with", error.Message);
        Assert.Contains("--data", error.Fix);
        Assert.Throws<UsageException>(() => TrainingRun.Resume(Options(directory), same with { Test = same.Test!.Select([0, 1, 2]) }, directory, _ => { }));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(18)]
    public void A_collapse_is_noticed_at_the_same_step_as_without_the_interruption(long stopAfter)
    {
        static TrainingOptions Deadly(TrainingOptions options) => options with { Initialisation = new() { Kind = InitialisationKind.Gaussian, StandardDeviation = 1e-30 } };
        var network = TinyData.NetworkFile(_folder.Path, batchNorm: false, finalRelu: true);
        using var stop = new CancellationTokenSource();
        var directory = TinyData.Directory(_folder.Path, "parts");
        var options = Deadly(TinyData.Options(_folder.Path)) with { Network = network, Epochs = 40 };
        TrainingRun.Train(options, TinyData.Set(), directory, happened =>
        {
            if (happened is StepEnded { Step: var step } && step == stopAfter) stop.Cancel();
        }, new StopRequest(() => "interrupted", stop.Token));
        var error = Assert.Throws<CollapseException>(() => TrainingRun.Resume(options, TinyData.Set(), directory, _ => { }));
        var whole = Assert.Throws<CollapseException>(() => TrainingRun.Train(options, TinyData.Set(), TinyData.Directory(_folder.Path, "whole"), _ => { }));
        Assert.Equal(whole.Message, error.Message);
    }

    [Fact]
    public void A_run_that_was_killed_before_its_first_checkpoint_begins_again()
    {
        var (_, directory) = Train(options => options);
        var (weights, rows) = (File.ReadAllBytes(directory.Weights), ResultsCsv.Read(directory.Results).Select(row => row.TrainLoss));
        File.Delete(directory.LastCheckpoint);
        File.Delete(directory.PreviousCheckpoint);
        // A run that has its model was not killed before its first checkpoint.
        Assert.Throws<ModelException>(() => Resume(directory));
        Assert.Equal(rows, ResultsCsv.Read(directory.Results).Select(row => row.TrainLoss));
        File.Delete(directory.Weights);
        File.Delete(directory.Split); // It is written last.
        var (_, events) = Resume(directory);
        Assert.Contains(events.OfType<RunNoticed>(), notice => notice.Message.Contains("no checkpoint yet", StringComparison.Ordinal));
        Assert.Equal(weights, File.ReadAllBytes(directory.Weights));
        Assert.Equal(rows, ResultsCsv.Read(directory.Results).Select(row => row.TrainLoss));
    }

    [Fact]
    public void A_best_checkpoint_of_another_epoch_is_not_tested_as_the_best()
    {
        var (_, directory) = Train(options => options with { KeepEveryCheckpoint = true, Optimizer = new() { LearningRate = 1e-9 } });
        File.Copy(directory.EpochCheckpoint(2), directory.BestCheckpoint, overwrite: true);
        var (_, events) = Resume(directory);
        Assert.Contains(events.OfType<RunNoticed>(), notice => notice.Message.Contains("is not of epoch 1", StringComparison.Ordinal) && notice.Message.Contains("the last weights are kept and tested", StringComparison.Ordinal));
    }

    [Fact]
    public void A_bad_checkpoint_does_not_push_the_good_one_before_it_out()
    {
        var (_, directory) = Train(options => options);
        File.WriteAllBytes(directory.LastCheckpoint, [1, 2, 3]);
        File.WriteAllText($"{directory.LastCheckpoint}.x.tmp", "left by a killed process");
        Resume(directory);
        Safetensors.Read(directory.LastCheckpoint);
        Safetensors.Read(directory.PreviousCheckpoint);
        Assert.Empty(Directory.GetFiles(directory.Path, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void Only_length_machine_and_place_may_change()
    {
        TrainingOptions begun = new();
        ResumeCheck.Compare(begun, begun with { Epochs = 99, TimeMinutes = 1, Threads = 3, Device = "cpu", CheckpointMinutes = 1, DataRoot = "elsewhere" });
        ResumeCheck.Compare(begun with { Data = "./photos", Network = "/old/net.json" }, begun with { Data = "/new/photos", Network = "net.json" });
        TrainingOptions[] others = [begun with { Seed = 5 }, begun with { Network = "nin-mnist" }, begun with { Data = "/new/photos" }, begun with { Precision = Precision.Fp32 }, begun with { Optimizer = new() { Momentum = 0.5 } }];
        foreach (var other in others) Assert.Throws<UsageException>(() => ResumeCheck.Compare(begun, other));
    }

    private (RunEnded Ended, RunDirectory Directory) Train(Func<TrainingOptions, TrainingOptions> change)
    {
        var directory = TinyData.Directory(_folder.Path, "run");
        return (TrainingRun.Train(change(TinyData.Options(_folder.Path)), TinyData.Set(), directory, _ => { }), directory);
    }

    private static (RunEnded Ended, List<RunEvent> Events) Resume(RunDirectory directory)
    {
        List<RunEvent> events = [];
        return (TrainingRun.Resume(Options(directory), TinyData.Set(), directory, events.Add), events);
    }

    private static TrainingOptions Options(RunDirectory directory) => OptionsReader.Read(new TrainingOptions(), directory.Options, []);
}
