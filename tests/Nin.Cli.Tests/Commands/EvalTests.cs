using System.Text.Json;
using Nin.Architectures;
using Nin.Cli.Commands;
using Nin.Cli.Predicting;
using Nin.Data;
using Nin.Json;
using Nin.Recipes;
using Nin.Runs;

namespace Nin.Cli.Tests.Commands;

public sealed class EvalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("eval")]
    [InlineData("eval", "mnist")]
    [InlineData("export")]
    [InlineData("edit", "--remove-class", "Bag")]
    public void An_ONNX_file_is_told_from_weights(string command, params string[] rest)
    {
        var (exitCode, terminal) = CapturedTerminal.Run([command, ShippedModel.Path(), .. rest]);
        Assert.Equal(4, exitCode);
        Assert.Equal("  fix: give the run's folder, or the model.safetensors in it", terminal.ErrorLines[2]);
    }

    [Theory]
    [InlineData("--min-accuracy", "90", "error: --min-accuracy cannot be '90'")]
    [InlineData("--min-accuracy", "-0.1", "error: --min-accuracy cannot be '-0.1'")]
    [InlineData("--part", "tset", "error: --part cannot be 'tset'")]
    public void What_cannot_be_is_refused_before_anything_is_tested(string flag, string typed, string expected)
    {
        var (exitCode, terminal) = CapturedTerminal.Run("eval", "no-run", flag, typed);
        Assert.Equal(2, exitCode);
        Assert.Equal(expected, terminal.ErrorLines[0]);
    }

    [Theory]
    [InlineData(null, "photos test", 6)]
    [InlineData("test", "photos test", 6)]
    [InlineData("val", "photos val", 8)]
    [InlineData("train", "photos train", 40)]
    public void A_part_that_is_there_is_tested(string? part, string name, int count)
    {
        var data = new DataSet("photos", Part("train", 40), Part("test", 6)) { Validation = Part("val", 8) };
        Assert.Equal((name, count), Found(data, part, isOwn: true));
        Assert.Equal((name, count), Found(data, part, isOwn: false));
    }

    [Fact]
    public void Of_its_own_flat_folder_a_model_is_tested_on_what_was_held_out_and_of_another_on_all()
    {
        var flat = new DataSet("photos", Part("train", 40), Test: null);
        var held = HoldOut(flat.Train);
        Assert.Equal(("the held-out part of photos train", held), Found(flat, null, isOwn: true));
        Assert.Equal(("the held-out part of photos train", held), Found(flat, "val", isOwn: true));
        Assert.Equal(("photos train", 40), Found(flat, null, isOwn: false));
        Assert.Equal(("photos val", 8), Found(flat with { Validation = Part("val", 8) }, null, isOwn: false));
    }

    [Theory]
    [InlineData("test", true)]
    [InlineData("val", false)]
    public void A_part_that_is_not_there_is_an_error(string part, bool isOwn)
    {
        var flat = new DataSet("photos", Part("train", 40), Test: null);
        HoldOut(flat.Train);
        var error = Assert.Throws<DataException>(() => Found(flat, part, isOwn));
        Assert.Equal(($"photos has no {part} part", "it has train"), (error.Message, error.Why));
    }

    private (string, int) Found(DataSet data, string? part, bool isOwn)
    {
        var (images, name) = EvalCommand.Part(data, part, _folder.Path, isOwn);
        return (name, images.Count);
    }

    /// <summary>Leaves what a run does that held images out; gives their number.</summary>
    private int HoldOut(ImageSet train)
    {
        var (run, options) = (new RunDirectory(_folder.Path), new TrainingOptions { Validation = 0.25 });
        var held = Split.Stratified(train.Labels, train.Classes, options.Validation, options.Seed).Held;
        File.WriteAllText(run.Options, JsonSerializer.Serialize(options, NinJson.Indented));
        File.WriteAllText(run.Split, JsonSerializer.Serialize(new { seed = options.Seed, data = "", validation = held }));
        return held.Length;
    }

    private static ImageSet Part(string name, int count) =>
        new($"photos {name}", new Shape(1, 1, 1), new byte[count], [.. Enumerable.Range(0, count).Select(i => i % 2)], ["bright", "dark"]);
}
