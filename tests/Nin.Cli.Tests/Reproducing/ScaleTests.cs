using System.Text.Json;
using Nin.Cli.Reproducing;
using Nin.Json;
using Nin.Recipes;

namespace Nin.Cli.Tests.Reproducing;

public sealed class ScaleTests
{
    private static readonly ExperimentRun Run = new("paper-cifar10", "NiN", "paper-cifar10");

    [Fact]
    public void Without_flags_a_recipe_is_as_it_was_published_and_tested_after_every_epoch()
    {
        var scale = new Scale();
        var recipe = scale.Recipe(Run);
        Assert.Equal(JsonSerializer.Serialize(recipe with { WatchTest = true }, NinJson.Line), JsonSerializer.Serialize(scale.Of(recipe), NinJson.Line));
        Assert.Equal("", scale.Flags);
    }

    [Theory]
    [InlineData(130, new[] { 100, 115 })]
    [InlineData(26, new[] { 20, 23 })]
    [InlineData(5, new[] { 4 })]
    [InlineData(1, new[] { 1 })]
    [InlineData(1000, new[] { 200, 230 })]
    public void The_rate_falls_at_the_same_places_of_a_shorter_run(int epochs, int[] milestones)
    {
        var options = new Scale { Epochs = epochs }.Of(new Scale().Recipe(Run));
        Assert.Equal(Math.Min(epochs, 260), options.Epochs);
        Assert.Equal(milestones, options.Schedule.Milestones);
        OptionsCheck.Check(options);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(0)]
    public void A_share_that_no_training_takes_is_refused(double share) =>
        Assert.Equal($"--fraction {share} is out of range", Assert.Throws<UsageException>(() => new Scale { Fraction = share }.Of(new Scale().Recipe(Run))).Message);

    [Fact]
    public void A_recipe_that_validates_does_not_watch_the_test()
    {
        var recipe = new Scale().Recipe(new("writeup-c", "C", "writeup-c"));
        Assert.False(new Scale().Of(recipe).WatchTest);
        Assert.Equal(42, new Scale().Of(recipe).Seed);
    }

    [Fact]
    public void Scales_do_not_share_folders()
    {
        Scale[] scales = [new(), new() { Epochs = 12 }, new() { Fraction = 0.1 }, new() { Seed = 1 }, new() { ImageSize = 16 }, new() { BatchNorm = true }, new() { Changes = [new("batch", "32")] }];
        Assert.Distinct(scales.Select(scale => scale.Suffix(scale.Recipe(Run))));
        Assert.Equal("-e12-f0.1-16px-s0", new Scale { Epochs = 12, Fraction = 0.1, ImageSize = 16, Threads = 3 }.Suffix(new Scale().Recipe(Run)));
    }

    [Fact]
    public void The_flags_ask_for_the_same_again() =>
        Assert.Equal(
            " --epochs 12 --fraction 0.1 --image-size 16 --seed 3 --threads 1 --batch-norm --set batch=32",
            new Scale { Epochs = 12, Fraction = 0.1, ImageSize = 16, Seed = 3, Threads = 1, BatchNorm = true, Changes = [new("batch", "32")] }.Flags);
}
