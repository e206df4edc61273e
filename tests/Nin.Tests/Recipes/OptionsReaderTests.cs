using System.Text.Json;
using Nin.Json;
using Nin.Recipes;

namespace Nin.Tests.Recipes;

public sealed class OptionsReaderTests : IDisposable
{
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
