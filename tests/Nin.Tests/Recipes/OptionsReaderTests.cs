using System.Text.Json;
using CsCheck;
using Nin.Json;
using Nin.Recipes;

namespace Nin.Tests.Recipes;

public sealed class OptionsReaderTests : IDisposable
{
    private static readonly Gen<double> Share = Gen.Double[0.001, 0.999];

    private static readonly Gen<OptimizerOptions> Optimizers = Gen.Select(Gen.Enum<OptimizerKind>(), Share, Share, Gen.Bool, Gen.Double[0, 1], Gen.Double[1e-300, 1e300]).Select((kind, rate, momentum, flag, decay, epsilon) =>
        new OptimizerOptions { Kind = kind, LearningRate = rate, Momentum = momentum, Nesterov = flag, WeightDecay = decay, DecayBiases = flag, BiasRate = 1 + rate, Average = momentum, Beta2 = rate, Epsilon = epsilon });

    private static readonly Gen<ScheduleOptions> Schedules = Gen.Select(Gen.Enum<ScheduleKind>(), Gen.Int[1, 9].Array[1, 4], Share, Gen.Int[0, 20]).Select((kind, gaps, share, count) =>
        new ScheduleOptions { Kind = kind, Milestones = [.. gaps.Select((_, i) => gaps[..(i + 1)].Sum())], Factor = share, Patience = count, MaxReduce = count, MinDelta = share, Rise = share, Start = share, End = 1 - share });

    private static readonly Gen<AugmentationOptions> Augmentations = Gen.Select(Gen.Enum<FlipKind>(), Gen.Enum<BorderKind>(), Gen.Int[0, 9], Share).Select((flip, border, pixels, crop) =>
        new AugmentationOptions { Flip = flip, Border = border, Shift = pixels, Cutout = pixels, Crop = crop, Cutmix = crop });

    private static readonly Gen<TrainingOptions> Options = Gen.Select(Gen.String.AlphaNumeric, Gen.Int, Gen.Int[1, int.MaxValue], Share, Gen.Select(Optimizers, Schedules, Augmentations), Gen.Enum<Precision>(), Gen.Enum<CollapseAction>()).Select((text, seed, count, share, parts, precision, action) => new TrainingOptions
    {
        Name = $"run {text}",
        Data = $"./\"{text}\"/Ω",
        ImageSize = seed % 2 == 0 ? null : 1 + count % 4096,
        Epochs = count,
        Batch = count,
        Seed = seed,
        Validation = share,
        Fraction = share,
        TimeMinutes = seed % 3 == 0 ? null : share,
        Patience = seed % 5 == 0 ? null : count,
        Device = "cuda:1",
        Precision = precision,
        OnCollapse = action,
        CheckpointMinutes = share,
        KeepEveryCheckpoint = seed > 0,
        Optimizer = parts.Item1,
        Schedule = parts.Item2,
        Augmentation = parts.Item3,
        Normalisation = new() { Kind = NormalisationKind.Fixed, Mean = [share, seed], StandardDeviation = [share, count] },
        Loss = new() { LabelSmoothing = share },
    });

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Defaults_then_file_then_overrides_and_later_ones_win()
    {
        File.WriteAllText(_folder["mine.json"], """{"batch":64,"epochs":3,"optimizer":{"momentum":0.8},"schedule":{"milestones":[1,2]}}""");
        var options = OptionsReader.Read(
            new TrainingOptions { Epochs = 99, Optimizer = new() { WeightDecay = 0.5 } },
            _folder["mine.json"],
            [new("epochs", "4"), new("optimizer.learning_rate", "0.05"), new("epochs", "5"), new("schedule.milestones", "[7]"), new("schedule.kind", "step")]);
        Assert.Equal((64, 5), (options.Batch, options.Epochs));
        Assert.Equal(new OptimizerOptions { Momentum = 0.8, LearningRate = 0.05, WeightDecay = 0.5 }, options.Optimizer);
        Assert.Equal([7], options.Schedule.Milestones);
    }

    [Fact]
    public void Any_options_come_back() => Options.Sample(options =>
    {
        var json = JsonSerializer.Serialize(options, NinJson.Indented);
        return JsonSerializer.Serialize(OptionsReader.Parse(json, "options.json"), NinJson.Indented) == json;
    }, iter: 1000);

    [Fact]
    public void The_options_of_a_run_repeat_it()
    {
        var options = new TrainingOptions { Name = "x", Seed = 5, ImageSize = 32, Schedule = new() { Kind = ScheduleKind.Step, Milestones = [2, 4] } };
        File.WriteAllText(_folder["options.json"], JsonSerializer.Serialize(options, NinJson.Indented));
        var read = OptionsReader.Read(new() { Batch = 1 }, _folder["options.json"], []);
        Assert.Equal(JsonSerializer.Serialize(options, NinJson.Line), JsonSerializer.Serialize(read, NinJson.Line));
    }

    [Theory]
    [InlineData("name", "7", "7")]
    [InlineData("name", "true", "true")]
    [InlineData("name", "\"quoted\"", "quoted")]
    [InlineData("name", "plain", "plain")]
    public void Text_is_taken_as_it_stands(string path, string value, string name) =>
        Assert.Equal(name, OptionsReader.Read(new(), null, [new(path, value)]).Name);

    [Fact]
    public void Null_takes_a_limit_away() => Assert.Null(OptionsReader.Read(new() { ImageSize = 32 }, null, [new("image_size", "null")]).ImageSize);

    [Theory]
    [InlineData("optimizer.lr", "0.1", "there is no 'optimizer.lr'")]
    [InlineData("optimizer.learning_rate", "fast", "'optimizer.learning_rate' is \"fast\"")]
    [InlineData("optimizer", "0.1", "'optimizer' is 0.1")]
    [InlineData("epochs.more", "1", "'epochs' is an object")]
    [InlineData("early", """{"share":0.1,"share":0.2}""", "'early' is")]
    [InlineData("epochs", "\"\\ud800\"", "'epochs' is")]
    [InlineData("optimizer..x", "1", "is no name of an option")]
    [InlineData("", "1", "is no name of an option")]
    public void Overrides_that_make_no_sense_are_usage_errors(string path, string value, string what) =>
        Assert.Contains(what, Assert.Throws<UsageException>(() => OptionsReader.Read(new(), null, [new(path, value)])).Message);

    [Fact]
    public void What_was_read_is_checked() =>
        Assert.Contains("--val 1.5", Assert.Throws<UsageException>(() => OptionsReader.Read(new(), null, [new("validation", "1.5")])).Message);

    [Fact]
    public void A_missing_configuration_is_a_usage_error() =>
        Assert.Contains("nowhere.json", Assert.Throws<UsageException>(() => OptionsReader.Read(new(), _folder["nowhere.json"], [])).Message);

    [Fact]
    public void Every_configuration_that_ships_can_be_read_by_name() =>
        Assert.All(ConfigFiles.Names(), name => OptionsReader.Read(new(), name, []));

    public void Dispose() => _folder.Dispose();
}
