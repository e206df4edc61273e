using Nin.Imaging;

namespace Nin.Recipes;

/// <summary>Everything that decides a training run, in one immutable record: defaults, then a configuration file, then flags.</summary>
public sealed record TrainingOptions
{
    /// <summary>The name of the run's folder.</summary>
    public string Name { get; init; } = "train";

    /// <summary>A built-in data set, or a folder of images.</summary>
    public string Data { get; init; } = "fashion-mnist";

    /// <summary>The folder that holds the official files of a built-in data set; null searches the usual places.</summary>
    public string? DataRoot { get; init; }

    /// <summary>A network of the catalogue, or the path of an architecture's JSON file.</summary>
    public string Network { get; init; } = "nin-fast";

    /// <summary>Side to which images are resized, in pixels; null keeps the size of the data.</summary>
    public int? ImageSize { get; init; }

    /// <summary>How images of a folder whose aspect ratio is another become square.</summary>
    public ImageFit Fit { get; init; } = ImageFit.Crop;

    /// <summary>The folder of images to validate on, by its name beside <c>train</c>; null: val, valid or validation, where there is one.</summary>
    public string? ValDir { get; init; }

    /// <summary>Passes over the training data.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Images in a step.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>The seed of all randomness: initial weights, split, shuffling, augmentation, dropout.</summary>
    public int Seed { get; init; }

    /// <summary>The share of the training data that is held out for validation, stratified; 0 trains on all of it. Not used where the data have a validation part of their own.</summary>
    public double Validation { get; init; } = 0.1;

    /// <summary>
    /// Test after every epoch too, in place of a validation, for a curve such as the paper's figure 3. Nothing is chosen by it: the last epoch's weights are
    /// kept, and schedules go by the training loss.
    /// </summary>
    public bool WatchTest { get; init; }

    /// <summary>The share of the training images that is used, stratified; all test images are.</summary>
    public double Fraction { get; init; } = 1;

    /// <summary>The longest time to train, in minutes; the run ends after the step that passes it. Null: no limit.</summary>
    public double? TimeMinutes { get; init; }

    /// <summary>Epochs without a better validation accuracy after which the run ends; null: never.</summary>
    public int? Patience { get; init; }

    /// <summary>auto, cpu, cuda, cuda:N or mps.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>The arithmetic of the network; master weights, loss and logits are float32 always.</summary>
    public Precision Precision { get; init; } = Precision.Auto;

    /// <summary>Threads; 0 uses every core, of several ranks on a machine each its share.</summary>
    public int Threads { get; init; }

    /// <summary>Take the statistics of batch normalisation over the parts of all ranks, where several share a batch, instead of over each one's own.</summary>
    public bool SyncBatchNorm { get; init; }

    /// <summary>What to do once every class map is dead: the loss is ln K and the gradient zero, for good.</summary>
    public CollapseAction OnCollapse { get; init; } = CollapseAction.Stop;

    /// <summary>Minutes after which a checkpoint is written within an epoch; one is written after every epoch anyway.</summary>
    public double CheckpointMinutes { get; init; } = 5;

    /// <summary>Keep every epoch's checkpoint, not only the last and the best.</summary>
    public bool KeepEveryCheckpoint { get; init; }

    /// <summary>How weights are updated.</summary>
    public OptimizerOptions Optimizer { get; init; } = new();

    /// <summary>The first epochs, on smaller images.</summary>
    public EarlyOptions Early { get; init; } = new();

    /// <summary>How the learning rate moves.</summary>
    public ScheduleOptions Schedule { get; init; } = new();

    /// <summary>How weights begin.</summary>
    public InitialisationOptions Initialisation { get; init; } = new();

    /// <summary>What is minimised.</summary>
    public LossOptions Loss { get; init; } = new();

    /// <summary>How training images are varied.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>How pixels are scaled.</summary>
    public NormalisationOptions Normalisation { get; init; } = new();

    /// <summary>What is done to whole images after that.</summary>
    public PreprocessingOptions Preprocessing { get; init; } = new();
}

/// <summary>The arithmetic of a network.</summary>
public enum Precision
{
    /// <summary>bfloat16 where the processor computes with it, else float32.</summary>
    Auto,

    /// <summary>float32.</summary>
    Fp32,

    /// <summary>bfloat16 activations and weight copies; float32 accumulation and master weights.</summary>
    Bf16,
}

/// <summary>What to do once every class map is dead.</summary>
public enum CollapseAction
{
    /// <summary>Say why and end with exit code 7.</summary>
    Stop,

    /// <summary>Begin again with the next seed, at most three times.</summary>
    Restart,
}
