using System.Text.Json;
using Nin.Architectures;
using Nin.Evaluation;
using Nin.Json;
using Nin.Recipes;
using Nin.Runs;
using Nin.Weights;
using static TorchSharp.torch;

namespace Nin.Training.Tests.Runs;

public sealed class TrainingRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_learns_and_leaves_what_the_conventions_list()
    {
        var (ended, directory, events) = Train("run", options => options with { Epochs = 15 });

        Assert.Equal("epochs", ended.StoppedBecause);
        Assert.True(ended.TestAccuracy > 0.9, $"test accuracy {ended.TestAccuracy}");
        Assert.Equal(15, ended.Epochs);
        foreach (var path in new[] { directory.Options, directory.Environment, directory.Split, directory.Log, directory.Results, directory.Events, directory.LastCheckpoint, directory.BestCheckpoint, directory.Weights, directory.Description, directory.Evaluation })
            Assert.True(File.Exists(path), path);
        Assert.NotEmpty(Directory.GetFiles(directory.TensorBoard));
        Assert.Equal(15, ResultsCsv.Read(directory.Results).Length);
        Assert.IsType<RunStarted>(events[0]);
        Assert.Equal(ended, events[^1]);
        Assert.Contains("\"type\":\"run_end\"", File.ReadLines(directory.Events).Last());
    }

    [Fact]
    public void The_stored_model_gives_the_tested_accuracy_again()
    {
        var (ended, directory, _) = Train("run");
        var again = ModelEvaluation.Evaluate(directory.Path, TinyData.Set().Test!, new EvaluationSettings { Threads = 2, Batch = 16, Flips = true });
        Assert.Equal(ended.TestAccuracy, again.Top1);
        Assert.Equal(ended.TestLoss!.Value, again.Loss, 1e-12);
        Assert.Equal(JsonSerializer.Serialize(again, NinJson.Line), JsonSerializer.Serialize(JsonSerializer.Deserialize<EvaluationResult>(File.ReadAllText(directory.Evaluation), NinJson.Line), NinJson.Line));
    }

    [Fact]
    public void Watching_the_test_chooses_nothing()
    {
        var (ended, directory, events) = Train("watched", options => options with { WatchTest = true, Validation = 0, Epochs = 8, Optimizer = new() { LearningRate = 0.4 } });
        var (unwatched, plain, _) = Train("plain", options => options with { Validation = 0, Epochs = 8, Optimizer = new() { LearningRate = 0.4 } });
        var rows = ResultsCsv.Read(directory.Results);
        Assert.Equal(ended.TestAccuracy, rows[^1].ValAccuracy);
        Assert.True(rows[..^1].Max(row => row.ValAccuracy) >= ended.TestAccuracy, "no epoch before the last was as good: there was nothing to choose");
        Assert.Equal((unwatched.TestAccuracy, (double?)null), (ended.TestAccuracy, ended.ValAccuracy));
        Assert.Equal(File.ReadAllBytes(plain.Weights), File.ReadAllBytes(directory.Weights));
        Assert.Equal(0, events.OfType<RunStarted>().Single().ValImages);
    }

    [Theory]
    [InlineData(PreprocessingKind.Gcn)]
    [InlineData(PreprocessingKind.GcnZca)]
    [InlineData(PreprocessingKind.Lcn)]
    public void The_stored_model_carries_its_preprocessing(PreprocessingKind kind)
    {
        var (ended, directory, _) = Train("run", options => options with { Preprocessing = new() { Kind = kind, Window = 5 } });
        var again = ModelEvaluation.Evaluate(directory.Path, TinyData.Set().Test!, new EvaluationSettings { Threads = 2, Batch = 16 });
        Assert.Equal(kind == PreprocessingKind.GcnZca, File.Exists(directory.Whitening));
        Assert.Equal(ended.TestAccuracy, again.Top1);
        Assert.Equal(ended.TestLoss!.Value, again.Loss, 1e-12);
    }

    [Theory]
    [InlineData(Precision.Fp32)]
    [InlineData(Precision.Bf16)]
    public void The_same_seed_gives_the_same_run_bit_for_bit(Precision precision)
    {
        var (first, second) = (Train("first", options => options with { Precision = precision }), Train("second", options => options with { Precision = precision }));
        Assert.Equal(Comparable(first.Directory), Comparable(second.Directory));
        Assert.Equal(File.ReadAllBytes(first.Directory.Weights), File.ReadAllBytes(second.Directory.Weights));
        Assert.NotEqual(Comparable(first.Directory), Comparable(Train("third", options => options with { Precision = precision, Seed = 8 }).Directory));
    }

    [Fact]
    public void The_options_that_a_run_saved_repeat_it()
    {
        var first = Train("first");
        var options = OptionsReader.Read(new TrainingOptions(), first.Directory.Options, []);
        var directory = TinyData.Directory(_folder.Path, "again");
        TrainingRun.Train(options, TinyData.Set(), directory, _ => { });
        Assert.Equal(File.ReadAllBytes(first.Directory.Weights), File.ReadAllBytes(directory.Weights));
    }

    [Fact]
    public void No_tensor_outlives_a_run()
    {
        Train("warm-up");
        var before = LiveTensors.Count();
        Train("run");
        Assert.Equal(before, Tensor.TotalCount);
        Train("fixed first layer", options => options with { Network = TinyData.NetworkFile(_folder.Path, batchNorm: false), Precision = Precision.Fp32, Optimizer = options.Optimizer with { FirstLayerRate = 0 } });
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void A_better_validation_accuracy_is_kept_and_tested()
    {
        // At no rate to speak of, the first epoch is as good as any later one.
        var (ended, directory, events) = Train("run", options => options with { Optimizer = new() { LearningRate = 1e-9 } });
        var best = events.OfType<EpochEnded>().Last(epoch => epoch.IsBest);
        Assert.Equal(1, best.Epoch);
        Assert.Equal(best.ValAccuracy, ended.ValAccuracy);
        var (model, kept, last) = (Safetensors.Read(directory.Weights), Safetensors.Read(directory.BestCheckpoint), Safetensors.Read(directory.LastCheckpoint));
        foreach (var (name, tensor) in model.Tensors) Assert.True(tensor.Bytes.Span.SequenceEqual(kept.Tensors[$"model.{name}"].Bytes.Span), name);
        Assert.Contains(model.Tensors, tensor => !tensor.Value.Bytes.Span.SequenceEqual(last.Tensors[$"model.{tensor.Key}"].Bytes.Span));
    }

    [Fact]
    public void A_checkpoint_of_averaged_weights_is_the_model_that_was_judged()
    {
        var (ended, directory, _) = Train("run", options => options with { Optimizer = options.Optimizer with { Average = 0.9 } });
        var best = StoredModel.Read(directory.BestCheckpoint);
        foreach (var (name, tensor) in StoredModel.Read(directory.Path).Weights) Assert.True(tensor.Bytes.Span.SequenceEqual(best.Weights[name].Bytes.Span), name);
        Assert.Contains(Safetensors.Read(directory.BestCheckpoint).Tensors, tensor => tensor.Key.StartsWith(StoredModel.CheckpointPrefix, StringComparison.Ordinal) && !tensor.Value.Bytes.Span.SequenceEqual(best.Weights[tensor.Key[StoredModel.CheckpointPrefix.Length..]].Bytes.Span));
        Assert.Equal(ended.TestAccuracy, ModelEvaluation.Evaluate(directory.BestCheckpoint, TinyData.Set().Test!, new EvaluationSettings { Threads = 2, Batch = 16 }).Top1);
    }

    [Fact]
    public void Mirror_images_count_beside_the_test_accuracy_where_training_mirrored()
    {
        var (ended, directory, _) = Train("run");
        var again = ModelEvaluation.Evaluate(directory.Path, TinyData.Set().Test!, new EvaluationSettings { Threads = 2, Batch = 16, Flips = true });
        Assert.NotNull(ended.TestAccuracyFlips);
        Assert.Equal((ended.TestAccuracy, ended.TestAccuracyFlips), (again.Top1, again.Top1Flips));
        Assert.Null(Train("unmirrored", options => options with { Augmentation = new() }).Ended.TestAccuracyFlips);
    }

    [Fact]
    public void Early_epochs_see_smaller_images()
    {
        var (ended, directory, events) = Train("run", options => options with { Early = new() { Share = 0.7, ImageSize = 9 } });
        Assert.Contains(events.OfType<RunStarted>().Single().Settings, setting => setting is { Name: "run", Value: var value } && value.StartsWith("3 epochs of 5 steps of 16 images, the first 2 at 9x9 pixels", StringComparison.Ordinal));
        Assert.Equal(3, ended.Epochs);
        Assert.NotEqual(Comparable(Train("full").Directory), Comparable(directory));
    }

    [Fact]
    public void A_fixed_first_layer_stays_as_it_began()
    {
        var (begun, ended) = (First(1), First(3));
        Assert.True(begun.Bytes.Span.SequenceEqual(ended.Bytes.Span));

        TensorData First(int epochs) => Safetensors.Read(Train($"{epochs}", options => options with
        {
            Epochs = epochs,
            Initialisation = new() { FirstLayer = FirstLayerKind.Whitening },
            Optimizer = options.Optimizer with { FirstLayerRate = 0 },
        }).Directory.Weights).Tensors["0.0.weight"];
    }

    [Fact]
    public void A_plateau_reduces_the_rate_and_then_converges()
    {
        var (ended, _, events) = Train("run", options => options with
        {
            Epochs = 50,
            Optimizer = new() { LearningRate = 1e-9 },
            Schedule = new() { Kind = ScheduleKind.Plateau, Patience = 0, MaxReduce = 2, MinDelta = 0.1 },
        });
        Assert.Equal("converged", ended.StoppedBecause);
        Assert.Equal(4, ended.Epochs);
        Assert.Contains(events.OfType<RunNoticed>(), notice => notice.Message.StartsWith("converged", StringComparison.Ordinal));
    }

    [Fact]
    public void Patience_ends_a_run_that_no_longer_improves() =>
        Assert.Equal("patience", Train("run", options => options with { Epochs = 50, Patience = 2, Optimizer = new() { LearningRate = 1e-9 } }).Ended.StoppedBecause);

    [Fact]
    public void A_time_budget_ends_a_run() =>
        Assert.Equal("time", Train("run", options => options with { Epochs = 100000, TimeMinutes = 0.5 / 60 }).Ended.StoppedBecause);

    [Fact]
    public void A_request_to_stop_ends_after_the_step_with_a_checkpoint()
    {
        using var stop = new CancellationTokenSource();
        var request = new StopRequest(() => "interrupted", stop.Token);
        var directory = TinyData.Directory(_folder.Path, "run");
        var ended = TrainingRun.Train(TinyData.Options(_folder.Path), TinyData.Set(), directory, happened =>
        {
            if (happened is StepEnded { Step: 3 }) stop.Cancel();
        }, request);
        Assert.Equal(("interrupted", 3L), (ended.StoppedBecause, ended.Steps));
        Assert.True(File.Exists(directory.LastCheckpoint));
        Assert.Null(ended.TestAccuracy);
    }

    [Theory]
    [InlineData(3, OptimizerKind.Sgd)]
    [InlineData(5, OptimizerKind.Sgd)]
    [InlineData(8, OptimizerKind.Sgd)]
    [InlineData(11, OptimizerKind.Sgd)]
    [InlineData(8, OptimizerKind.Muon)]
    public void A_resumed_run_equals_the_uninterrupted_one_bit_for_bit(int stopAfter, OptimizerKind optimizer)
    {
        TrainingOptions Change(TrainingOptions options) => options with
        {
            Optimizer = options.Optimizer with { Kind = optimizer, Average = 0.9 },
            Initialisation = new() { FirstLayer = FirstLayerKind.Whitening },
            Early = new() { Share = 0.7, ImageSize = 9 },
            Patience = 3,
        };
        var whole = Train("whole", Change);
        using var stop = new CancellationTokenSource();
        var (options, directory) = (Change(TinyData.Options(_folder.Path)), TinyData.Directory(_folder.Path, "parts"));
        TrainingRun.Train(options, TinyData.Set(), directory, happened =>
        {
            if (happened is StepEnded { Step: var step } && step == stopAfter) stop.Cancel();
        }, new StopRequest(() => "interrupted", stop.Token));
        TrainingRun.Resume(options, TinyData.Set(), directory, _ => { });

        Assert.Equal(Comparable(whole.Directory), Comparable(directory));
        Assert.Equal(File.ReadAllBytes(whole.Directory.Weights), File.ReadAllBytes(directory.Weights));
        AssertSameTensors(whole.Directory.LastCheckpoint, directory.LastCheckpoint);
        AssertSameTensors(whole.Directory.BestCheckpoint, directory.BestCheckpoint);
    }

    [Fact]
    public void A_truncated_last_checkpoint_falls_back_to_the_one_before()
    {
        var whole = Train("whole");
        var cut = Train("cut");
        File.WriteAllBytes(cut.Directory.LastCheckpoint, File.ReadAllBytes(cut.Directory.LastCheckpoint)[..1000]);
        List<RunEvent> events = [];
        TrainingRun.Resume(TinyData.Options(_folder.Path), TinyData.Set(), cut.Directory, events.Add);
        Assert.Contains(events.OfType<RunNoticed>(), notice => notice.Message.Contains("the checkpoint before", StringComparison.Ordinal));
        Assert.Equal(Comparable(whole.Directory), Comparable(cut.Directory));
        Assert.Equal(File.ReadAllBytes(whole.Directory.Weights), File.ReadAllBytes(cut.Directory.Weights));
    }

    [Fact]
    public void A_resumed_run_may_be_longer_but_not_another()
    {
        var run = Train("run");
        var options = TinyData.Options(_folder.Path);
        var error = Assert.Throws<UsageException>(() => TrainingRun.Resume(options with { Batch = 8 }, TinyData.Set(), run.Directory, _ => { }));
        Assert.Contains("batch", error.Message);
        Assert.Equal(5, TrainingRun.Resume(options with { Epochs = 5 }, TinyData.Set(), run.Directory, _ => { }).Epochs);
    }

    [Fact]
    public void A_folder_that_vanishes_is_said_and_training_goes_on()
    {
        var directory = TinyData.Directory(_folder.Path, "run");
        List<RunEvent> events = [];
        var error = Assert.Throws<OutputException>(() => TrainingRun.Train(TinyData.Options(_folder.Path), TinyData.Set(), directory, happened =>
        {
            events.Add(happened);
            if (happened is StepEnded { Step: 7 }) Directory.Delete(directory.Path, recursive: true); // in epoch 2
        }));
        Assert.Contains("not all of it could be written", error.Message);
        Assert.Equal(3, events.OfType<EpochEnded>().Count());
        Assert.Single(events.OfType<RunNoticed>(), notice => notice.Message.Contains("training goes on", StringComparison.Ordinal));
        // The folder is made anew, with what has happened since, and the run can be gone on with.
        Assert.Equal([2, 3], ResultsCsv.Read(directory.Results).Select(row => row.Epoch));
        Assert.NotEmpty(Directory.GetFiles(directory.TensorBoard));
        Assert.NotNull(TrainingRun.Resume(TinyData.Options(_folder.Path) with { Epochs = 4 }, TinyData.Set(), directory, _ => { }).TestAccuracy);
    }

    [Fact]
    public void Two_processes_cannot_train_into_one_folder()
    {
        var run = Train("run");
        using var other = new FileStream(run.Directory.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        Assert.Throws<UsageException>(() => TrainingRun.Resume(TinyData.Options(_folder.Path), TinyData.Set(), run.Directory, _ => { }));
    }

    [Fact]
    public void Options_that_do_not_fit_the_data_leave_nothing_behind()
    {
        var directory = TinyData.Directory(_folder.Path, "run");
        void Try(Func<TrainingOptions, TrainingOptions> change) => TrainingRun.Train(change(TinyData.Options(_folder.Path)), TinyData.Set(), directory, _ => { });

        Assert.Throws<UsageException>(() => Try(options => options with { Batch = 1000 }));
        Assert.Throws<UsageException>(() => Try(options => options with { Network = "nin-fats" }));
        Assert.Throws<ModelException>(() => Try(options => options with { Network = "nin-imagenet" }));
        Assert.Throws<UsageException>(() => Try(options => options with { Device = "gpu" }));
        Assert.Throws<UsageException>(() => Try(options => options with { Network = FullyConnected(), Early = new() { Share = 0.5, ImageSize = 8 } }));
        if (!cuda.is_available()) Assert.Throws<EnvironmentException>(() => Try(options => options with { Device = "cuda" }));
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.Path));
    }

    private string FullyConnected()
    {
        var path = Path.Combine(_folder.Path, "connected.json");
        ArchitectureJson.Write(path, new Architecture { Name = "connected", Input = new Shape(1, 12, 12), Layers = [new Mlpconv([8, 8], 3), new Flatten(), new FullyConnected(4)] });
        return path;
    }

    private static void AssertSameTensors(string expected, string actual)
    {
        var (first, second) = (Safetensors.Read(expected), Safetensors.Read(actual));
        Assert.Equal(first.Tensors.Keys, second.Tensors.Keys);
        foreach (var (name, tensor) in first.Tensors) Assert.True(tensor.Bytes.Span.SequenceEqual(second.Tensors[name].Bytes.Span), name);
    }

    private (RunEnded Ended, RunDirectory Directory, List<RunEvent> Events) Train(string name, Func<TrainingOptions, TrainingOptions>? change = null)
    {
        var options = TinyData.Options(_folder.Path);
        var directory = TinyData.Directory(_folder.Path, name);
        List<RunEvent> events = [];
        return (TrainingRun.Train(change?.Invoke(options) ?? options, TinyData.Set(), directory, events.Add), directory, events);
    }

    /// <summary>The CSV without what a clock or the machine decides.</summary>
    private static string Comparable(RunDirectory directory) => string.Join('\n', ResultsCsv.Read(directory.Results)
        .Select(row => JsonSerializer.Serialize(row with { Seconds = 0, ImagesPerSecond = 0, PeakMemoryMb = 0 }, NinJson.Line)));
}
