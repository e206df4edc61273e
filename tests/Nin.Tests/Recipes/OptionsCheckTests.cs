using Nin.Recipes;

namespace Nin.Tests.Recipes;

public sealed class OptionsCheckTests
{
    public static TheoryData<string, TrainingOptions> Wrong { get; } = new()
    {
        { "--val 1.5", new() { Validation = 1.5 } },
        { "--val NaN", new() { Validation = double.NaN } },
        { "--fraction 0", new() { Fraction = 0 } },
        { "--epochs 0", new() { Epochs = 0 } },
        { "--batch 0", new() { Batch = 0 } },
        { "--time -1", new() { TimeMinutes = -1 } },
        { "--patience 0", new() { Patience = 0 } },
        { "--patience 3", new() { Patience = 3, Validation = 0 } },
        { "--image-size 0", new() { ImageSize = 0 } },
        { "--threads -1", new() { Threads = -1 } },
        { "--device gpu", new() { Device = "gpu" } },
        { "--device cuda:-1", new() { Device = "cuda:-1" } },
        { "--name ../up", new() { Name = "../up" } },
        { "--lr 0", new() { Optimizer = new() { LearningRate = 0 } } },
        { "--lr -0.1", new() { Optimizer = new() { LearningRate = -0.1 } } },
        { "--lr NaN", new() { Optimizer = new() { LearningRate = double.NaN } } },
        { "--lr Infinity", new() { Optimizer = new() { LearningRate = double.PositiveInfinity } } },
        { "--momentum 1", new() { Optimizer = new() { Momentum = 1 } } },
        { "--momentum 0", new() { Optimizer = new() { Momentum = 0, Nesterov = true } } },
        { "--weight-decay -1", new() { Optimizer = new() { WeightDecay = -1 } } },
        { "--momentum 0", new() { Optimizer = new() { Kind = OptimizerKind.Muon, Momentum = 0, Nesterov = true } } },
        { "--set optimizer.beta2=1", new() { Optimizer = new() { Beta2 = 1 } } },
        { "--set optimizer.first_layer_rate=-1", new() { Optimizer = new() { FirstLayerRate = -1 } } },
        { "--set optimizer.average=99.8", new() { Optimizer = new() { Average = 99.8 } } },
        { "--set early.share=1.5", new() { Early = new() { Share = 1.5 } } },
        { "--set early.image_size=0", new() { Early = new() { ImageSize = 0 } } },
        { "--set early.share=0.5", new() { Early = new() { Share = 0.5 }, Preprocessing = new() { Kind = PreprocessingKind.Gcn } } },
        { "--set loss.label_smoothing=1", new() { Loss = new() { LabelSmoothing = 1 } } },
        { "--set schedule.warmup_epochs=11", new() { Schedule = new() { WarmupEpochs = 11 } } },
        { "--set schedule.milestones=[3,2]", new() { Schedule = new() { Milestones = [3, 2] } } },
        { "--schedule step", new() { Schedule = new() { Kind = ScheduleKind.Step } } },
        { "--set schedule.factor=0", new() { Schedule = new() { Factor = 0 } } },
        { "--set schedule.rise=2", new() { Schedule = new() { Rise = 2 } } },
        { "--set initialisation.last_layer_bias=NaN", new() { Initialisation = new() { LastLayerBias = double.NaN } } },
        { "--set initialisation.standard_deviation=0", new() { Initialisation = new() { StandardDeviation = 0 } } },
        { "--set initialisation.first_deviations=[0.01,0]", new() { Initialisation = new() { FirstDeviations = [0.01, 0] } } },
        { "--set watch_test=true", new() { WatchTest = true, Validation = 0.1 } },
        { "--set augmentation.crop=0", new() { Augmentation = new() { Crop = 0 } } },
        { "--set augmentation.cutmix=2", new() { Augmentation = new() { Cutmix = 2 } } },
        { "--set augmentation.shift=-1", new() { Augmentation = new() { Shift = -1 } } },
        { "--set augmentation.shift=2000000000", new() { Augmentation = new() { Shift = 2_000_000_000 } } },
        { "--set normalisation.kind=fixed", new() { Normalisation = new() { Kind = NormalisationKind.Fixed, Mean = [0.5] } } },
        { "--set normalisation.standard_deviation=[0]", new() { Normalisation = new() { StandardDeviation = [0] } } },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void A_value_out_of_range_names_the_flag(string flagAndValue, TrainingOptions options)
    {
        var error = Assert.Throws<UsageException>(() => OptionsCheck.Check(options));
        Assert.Equal($"{flagAndValue} is out of range", error.Message);
        Assert.StartsWith("it must be ", error.Why, StringComparison.Ordinal);
        Assert.StartsWith("use for example ", error.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void The_share_for_validation_must_be_at_least_0_and_below_1() =>
        Assert.Equal("it must be at least 0 and below 1", Assert.Throws<UsageException>(() => OptionsCheck.Check(new() { Validation = 1.5 })).Why);

    [Fact]
    public void Defaults_are_in_range() => OptionsCheck.Check(new());

    [Theory]
    [InlineData("cuda:1")]
    [InlineData("mps")]
    public void Devices_are_known(string device) => OptionsCheck.Check(new() { Device = device });
}
