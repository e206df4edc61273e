using System.Text.Json.Serialization;

namespace Nin.Runs;

/// <summary>Something that happened in a training run. The console, the log and <c>events.jsonl</c> all read these.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RunStarted), "run_start")]
[JsonDerivedType(typeof(RunEstimated), "estimate")]
[JsonDerivedType(typeof(StepEnded), "step")]
[JsonDerivedType(typeof(EpochEnded), "epoch_end")]
[JsonDerivedType(typeof(RunNoticed), "notice")]
[JsonDerivedType(typeof(RunEnded), "run_end")]
public abstract record RunEvent;

/// <summary>The run is about to begin; what is known of it. <see cref="Settings"/> is the banner: every effective parameter, in order.</summary>
public sealed record RunStarted : RunEvent
{
    /// <summary>The run's folder.</summary>
    public required string RunDir { get; init; }

    /// <summary>Name and value of every effective parameter, values that were chosen for the user included.</summary>
    public required IReadOnlyList<Setting> Settings { get; init; }

    /// <summary>Images in the training, validation and test parts.</summary>
    public required int TrainImages { get; init; }

    /// <inheritdoc cref="TrainImages" />
    public required int ValImages { get; init; }

    /// <inheritdoc cref="TrainImages" />
    public required int TestImages { get; init; }

    /// <summary>Trainable values of the network.</summary>
    public required long Parameters { get; init; }

    /// <summary>Steps of one epoch.</summary>
    public required int StepsPerEpoch { get; init; }

    /// <summary>Epochs of the whole run.</summary>
    public required int Epochs { get; init; }
}

/// <summary>A line of the banner.</summary>
/// <param name="Name">For example <c>learning rate</c>.</param>
/// <param name="Value">For example <c>0.4, one-cycle</c>.</param>
public sealed record Setting(string Name, string Value);

/// <summary>After the first steps: how long the run will take.</summary>
/// <param name="Seconds">From now to the end of training.</param>
/// <param name="ImagesPerSecond">Measured.</param>
public sealed record RunEstimated(double Seconds, double ImagesPerSecond) : RunEvent;

/// <summary>A step was made. Loss and accuracy are running means over the epoch so far.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Step">From 1, over the whole run.</param>
/// <param name="StepInEpoch">From 1.</param>
/// <param name="Loss">Mean cross-entropy per image, in nats.</param>
/// <param name="Accuracy">In 0..1.</param>
/// <param name="LearningRate">Of this step.</param>
/// <param name="ImagesPerSecond">Of the epoch so far.</param>
/// <param name="Done">The share of the run's work that is done, in 0..1; steps on smaller images are less of it.</param>
public sealed record StepEnded(int Epoch, long Step, int StepInEpoch, double Loss, double Accuracy, double LearningRate, double ImagesPerSecond, double Done) : RunEvent;

/// <summary>An epoch was finished: one row of <c>results.csv</c>.</summary>
public sealed record EpochEnded : RunEvent
{
    /// <summary>From 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Steps since the run began.</summary>
    public required long Step { get; init; }

    /// <summary>Since the run began, without the time it was interrupted.</summary>
    public required double Seconds { get; init; }

    /// <summary>Mean cross-entropy per image over the epoch, in nats.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>In 0..1.</summary>
    public required double TrainAccuracy { get; init; }

    /// <summary>Null without validation data.</summary>
    public required double? ValLoss { get; init; }

    /// <inheritdoc cref="ValLoss" />
    public required double? ValAccuracy { get; init; }

    /// <summary>Of the epoch's last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Over the epoch's training steps.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>The process's highest resident memory so far, in MiB.</summary>
    public required double PeakMemoryMb { get; init; }

    /// <summary>Class maps that were zero everywhere for every image of the epoch's last batch.</summary>
    public required int DeadMaps { get; init; }

    /// <summary>The share of the training steps' time that the first of several ranks spent in communication, waiting for the others included; null where there was one.</summary>
    public double? CommunicationShare { get; init; }

    /// <summary>Whether it is the best so far.</summary>
    public bool IsBest { get; init; }
}

/// <summary>Something worth saying that is not a result: a chosen value, a restart, a converged schedule, a rate reduction.</summary>
/// <param name="Message">One sentence.</param>
public sealed record RunNoticed(string Message) : RunEvent;

/// <summary>The run is over.</summary>
public sealed record RunEnded : RunEvent
{
    /// <summary>Of the layout of this record.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The run's folder.</summary>
    public required string RunDir { get; init; }

    /// <summary>Epochs that were finished.</summary>
    public required int Epochs { get; init; }

    /// <summary>Steps that were made.</summary>
    public required long Steps { get; init; }

    /// <summary>Of training and validation, without loading and the final test.</summary>
    public required double Seconds { get; init; }

    /// <summary>Of the last epoch, in 0..1.</summary>
    public required double? TrainAccuracy { get; init; }

    /// <summary>The best epoch's, in 0..1; null without validation data.</summary>
    public required double? ValAccuracy { get; init; }

    /// <summary>Null when there is no test data or the run did not get so far.</summary>
    public required double? TestAccuracy { get; init; }

    /// <summary>The same where each image is judged together with its mirror image; null where the training did not mirror images.</summary>
    public double? TestAccuracyFlips { get; init; }

    /// <inheritdoc cref="TestAccuracy" />
    public required double? TestLoss { get; init; }

    /// <summary>Trainable values of the network.</summary>
    public required long Parameters { get; init; }

    /// <summary>Over all training steps.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>The processes that trained together.</summary>
    public int Ranks { get; init; } = 1;

    /// <inheritdoc cref="EpochEnded.CommunicationShare" />
    public double? CommunicationShare { get; init; }

    /// <summary>epochs, time, patience, converged, interrupted, terminated, collapsed, diverged.</summary>
    public required string StoppedBecause { get; init; }

    /// <summary>The network's name.</summary>
    public string Network { get; init; } = "";

    /// <summary>The data set.</summary>
    public string Data { get; init; } = "";

    /// <summary>The seed of the run; after a restart the last one.</summary>
    public int Seed { get; init; }
}
