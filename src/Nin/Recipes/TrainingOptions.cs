namespace Nin.Recipes;

/// <summary>Everything that decides a training run, in one immutable record: defaults, then a configuration file, then flags.</summary>
public sealed record TrainingOptions
{
    /// <summary>The name of the run's folder.</summary>
    public string Name { get; init; } = "train";

    /// <summary>A built-in data set, or a folder of images.</summary>
    public string Data { get; init; } = "fashion-mnist";

    /// <summary>A network of the catalogue, or the path of an architecture's JSON file.</summary>
    public string Network { get; init; } = "nin-fast";

    /// <summary>Side to which images are resized, in pixels; null keeps the size of the data.</summary>
    public int? ImageSize { get; init; }

    /// <summary>Passes over the training data.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Images in a step.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>The seed of all randomness: initial weights, split, shuffling, augmentation, dropout.</summary>
    public int Seed { get; init; }

    /// <summary>The share of the training data that is held out for validation, stratified; 0 trains on all of it.</summary>
    public double Validation { get; init; } = 0.1;

    /// <summary>The share of the data that is used, stratified.</summary>
    public double Fraction { get; init; } = 1;

    /// <summary>The longest time to train, in minutes; the run ends after the step that passes it. Null: no limit.</summary>
    public double? TimeMinutes { get; init; }

    /// <summary>Epochs without a better validation accuracy after which the run ends; null: never.</summary>
    public int? Patience { get; init; }

    /// <summary>auto, cpu, cuda, cuda:N or mps.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>The arithmetic of the network; master weights, loss and logits are float32 always.</summary>
    public Precision Precision { get; init; } = Precision.Auto;

    /// <summary>Threads; 0 uses every core.</summary>
    public int Threads { get; init; }

    /// <summary>What to do once every class map is dead: the loss is ln K and the gradient zero, for good.</summary>
    public CollapseAction OnCollapse { get; init; } = CollapseAction.Stop;

    /// <summary>Minutes after which a checkpoint is written within an epoch; one is written after every epoch anyway.</summary>
    public double CheckpointMinutes { get; init; } = 5;

    /// <summary>Keep every epoch's checkpoint, not only the last and the best.</summary>
    public bool KeepEveryCheckpoint { get; init; }

    /// <summary>How weights are updated.</summary>
    public OptimizerOptions Optimizer { get; init; } = new();

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

/// <summary>The rule that turns gradients into updates.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,

    /// <summary>Kingma and Ba, 2014; weight decay joins the gradient.</summary>
    Adam,

    /// <summary>Loshchilov and Hutter, 2017; weight decay acts on the weights.</summary>
    AdamW,
}

/// <summary>How weights are updated.</summary>
public sealed record OptimizerOptions
{
    /// <summary>The rule.</summary>
    public OptimizerKind Kind { get; init; } = OptimizerKind.Sgd;

    /// <summary>The highest learning rate of the schedule.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Of SGD.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Look ahead along the momentum.</summary>
    public bool Nesterov { get; init; }

    /// <summary>Decay per unit of learning rate.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Decay biases and batch normalisation too.</summary>
    public bool DecayBiases { get; init; }

    /// <summary>The rate of biases relative to that of weights; the authors use 2.</summary>
    public double BiasRate { get; init; } = 1;

    /// <summary>The rate of the last convolution relative to the others; the authors use 0.1.</summary>
    public double LastLayerRate { get; init; } = 1;

    /// <summary>
    /// Keeps a running average of the weights, this share of it left after one step; the average is what is validated, tested and kept. 0: none.
    /// 0.998 averages over about 500 steps.
    /// </summary>
    public double Average { get; init; }

    /// <summary>Adam: decay of the mean.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Adam: decay of the mean square.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Adam: added to the root.</summary>
    public double Epsilon { get; init; } = 1e-8;
}

/// <summary>The course of the learning rate.</summary>
public enum ScheduleKind
{
    /// <summary>The same throughout.</summary>
    Constant,

    /// <summary>Times the factor at each milestone.</summary>
    Step,

    /// <summary>Times the factor whenever the validation loss stops falling; after the last reduction the run has converged.</summary>
    Plateau,

    /// <summary>Down along half a cosine.</summary>
    Cosine,

    /// <summary>Linearly up to the full rate, then linearly down.</summary>
    OneCycle,
}

/// <summary>How the learning rate moves.</summary>
public sealed record ScheduleOptions
{
    /// <summary>The course.</summary>
    public ScheduleKind Kind { get; init; } = ScheduleKind.Constant;

    /// <summary>Epochs of linear rise from zero before any schedule.</summary>
    public double WarmupEpochs { get; init; }

    /// <summary>Step: the epochs, from 1, after which the rate is multiplied.</summary>
    public System.Collections.Immutable.ImmutableArray<int> Milestones { get; init; } = [];

    /// <summary>Step and plateau: the multiplier.</summary>
    public double Factor { get; init; } = 0.1;

    /// <summary>Plateau: epochs without improvement that are borne.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>Plateau: reductions before the run counts as converged.</summary>
    public int MaxReduce { get; init; } = 3;

    /// <summary>Plateau: the share by which the loss must fall to count as better.</summary>
    public double MinDelta { get; init; } = 1e-4;

    /// <summary>Plateau: epochs after a reduction in which none is counted.</summary>
    public int Cooldown { get; init; }

    /// <summary>One-cycle: the share of steps spent rising.</summary>
    public double Rise { get; init; } = 0.25;

    /// <summary>One-cycle: the first rate relative to the highest.</summary>
    public double Start { get; init; } = 0.2;

    /// <summary>One-cycle and cosine: the last rate relative to the highest.</summary>
    public double End { get; init; }
}

/// <summary>The distribution of initial weights.</summary>
public enum InitialisationKind
{
    /// <summary>Normal with variance 2 / fan-in (He et al., 2015).</summary>
    He,

    /// <summary>Uniform with variance 2 / (fan-in + fan-out) (Glorot and Bengio, 2010).</summary>
    Xavier,

    /// <summary>Normal with a given standard deviation, as the authors' nets.</summary>
    Gaussian,

    /// <summary>The framework's default: uniform with variance 1 / (3 fan-in), biases too. It makes deep ReLU nets collapse.</summary>
    Default,
}

/// <summary>How weights begin.</summary>
public sealed record InitialisationOptions
{
    /// <summary>The distribution.</summary>
    public InitialisationKind Kind { get; init; } = InitialisationKind.He;

    /// <summary>Gaussian: the standard deviation.</summary>
    public double StandardDeviation { get; init; } = 0.05;

    /// <summary>The last convolution's weights are multiplied by this.</summary>
    public double LastLayerScale { get; init; } = 1;
}

/// <summary>What is minimised: cross-entropy.</summary>
public sealed record LossOptions
{
    /// <summary>The share of probability spread over all classes.</summary>
    public double LabelSmoothing { get; init; }
}

/// <summary>Mirroring of training images.</summary>
public enum FlipKind
{
    /// <summary>Never.</summary>
    None,

    /// <summary>Each image with probability one half.</summary>
    Random,

    /// <summary>By chance in the first epoch, then in turn, so that two epochs show both sides of every image.</summary>
    Alternating,
}

/// <summary>What is put where a shift leaves nothing.</summary>
public enum BorderKind
{
    /// <summary>The image mirrored at its border.</summary>
    Reflect,

    /// <summary>Black.</summary>
    Zero,
}

/// <summary>How training images are varied.</summary>
public sealed record AugmentationOptions
{
    /// <summary>Mirroring, left to right.</summary>
    public FlipKind Flip { get; init; } = FlipKind.None;

    /// <summary>The largest shift in each direction, in pixels of the stored image.</summary>
    public int Shift { get; init; }

    /// <summary>What appears at the border of a shifted image.</summary>
    public BorderKind Border { get; init; } = BorderKind.Reflect;

    /// <summary>The smallest area of a random crop, as a share of the image; 1 crops nothing.</summary>
    public double Crop { get; init; } = 1;

    /// <summary>The side of a square that is greyed out at a random place, in pixels of the stored image; 0: none.</summary>
    public int Cutout { get; init; }
}

/// <summary>The scaling of pixels.</summary>
public enum NormalisationKind
{
    /// <summary>To mean 0 and deviation 1, measured on the training images.</summary>
    Data,

    /// <summary>By the given mean and standard deviation.</summary>
    Fixed,

    /// <summary>To 0..1 only.</summary>
    None,
}

/// <summary>How pixels are scaled.</summary>
public sealed record NormalisationOptions
{
    /// <summary>The scaling.</summary>
    public NormalisationKind Kind { get; init; } = NormalisationKind.Data;

    /// <summary>Fixed: a mean a channel, in 0..1.</summary>
    public System.Collections.Immutable.ImmutableArray<double> Mean { get; init; } = [];

    /// <summary>Fixed: a standard deviation a channel, in 0..1.</summary>
    public System.Collections.Immutable.ImmutableArray<double> StandardDeviation { get; init; } = [];
}
