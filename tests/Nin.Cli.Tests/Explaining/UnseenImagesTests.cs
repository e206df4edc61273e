using System.Text.Json;
using Nin.Architectures;
using Nin.Cli.Explaining;
using Nin.Data;
using Nin.Json;
using Nin.Recipes;
using Nin.Runs;

namespace Nin.Cli.Tests.Explaining;

public sealed class UnseenImagesTests : IDisposable
{
    private static readonly TrainingOptions Options = new() { Validation = 0.25, Fraction = 0.5, Seed = 3 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_of_the_test_part_come_first_then_those_of_the_validation_part()
    {
        var data = new DataSet("photos", Part("train", 40), Part("test", 6)) { Validation = Part("val", 8) };
        Assert.Equal(("photos test", 6), Found(data));
        Assert.Equal(("photos val", 8), Found(data with { Test = null }));
    }

    [Fact]
    public void Without_such_parts_they_are_those_that_the_run_held_out()
    {
        var train = Part("train", 40);
        var used = Split.Subset(train.Labels, 2, Options.Fraction, Options.Seed);
        int[] held = [.. Split.Stratified(train.Select(used).Labels, 2, Options.Validation, Options.Seed).Held.Select(i => used[i])];
        WriteRun(held);
        var unseen = UnseenImages.Of(_folder.Path, new("photos", train, Test: null));
        Assert.Equal(held, unseen.Numbers);
        Assert.Equal("the held-out part of photos train", unseen.Name);
        Assert.Equal(2, UnseenImages.Of(_folder.Path, new("photos", train, Test: null), most: 2).Alone.Count);
    }

    [Fact]
    public void Where_nothing_was_held_out_or_the_data_have_changed_their_name_says_so()
    {
        Assert.Equal(("photos train, on which it was trained", 40), Found(new("photos", Part("train", 40), Test: null)));
        WriteRun([1, 2, 3]);
        Assert.Equal(("photos train, on which it was trained", 40), Found(new("photos", Part("train", 40), Test: null)));
    }

    private (string, int) Found(DataSet data)
    {
        var unseen = UnseenImages.Of(_folder.Path, data);
        return (unseen.Name, unseen.Numbers.Length);
    }

    private void WriteRun(int[] held)
    {
        var run = new RunDirectory(_folder.Path);
        File.WriteAllText(run.Options, JsonSerializer.Serialize(Options, NinJson.Indented));
        File.WriteAllText(run.Split, JsonSerializer.Serialize(new { seed = Options.Seed, data = "", validation = held }));
    }

    private static ImageSet Part(string name, int count) =>
        new($"photos {name}", new Shape(1, 1, 1), new byte[count], [.. Enumerable.Range(0, count).Select(i => i % 2)], ["bright", "dark"]);
}
