using System.Text.Json;
using Nin.Files;
using SkiaSharp;

namespace Nin.Cli.Tests.Commands;

/// <summary>Weights that PyTorch saved become a model that classifies as PyTorch does; classes are taken out of it and put in.</summary>
[Collection("libtorch")]
public sealed class ImportTests : IDisposable
{
    private const string Network = """
        { "name": "small", "input": { "channels": 1, "height": 6, "width": 6 }, "layers": [
          { "type": "convolution", "width": 2, "kernel": 3, "batch_norm": true },
          { "type": "convolution", "width": 3, "kernel": 1, "relu": false },
          { "type": "global_average_pool" } ] }
        """;

    private readonly TemporaryFolder _folder = new();

    private readonly JsonElement _golden = JsonDocument.Parse(File.ReadAllText(Golden("net.json"))).RootElement;

    public ImportTests()
    {
        File.WriteAllText(_folder["small.json"], Network);
        using var picture = new SKBitmap(6, 6, SKColorType.Gray8, SKAlphaType.Opaque);
        byte[] pixels = [.. _golden.GetProperty("picture").EnumerateArray().Select(pixel => pixel.GetByte())];
        for (var row = 0; row < 6; row++) pixels.AsSpan(6 * row, 6).CopyTo(picture.GetPixelSpan()[(row * picture.RowBytes)..]);
        using var png = picture.Encode(SKEncodedImageFormat.Png, 100);
        File.WriteAllBytes(_folder["picture.png"], png.ToArray());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Weights_of_PyTorch_classify_as_they_do_there_and_lend_themselves_to_other_classes()
    {
        var (exitCode, terminal) = Import("--names", "cat,dog,owl", "--mean", "0.5", "--std", "0.25");
        Assert.True(exitCode == 0, terminal.Error);
        var said = Probabilities("imported");
        string[] names = ["cat", "dog", "owl"];
        foreach (var (k, expected) in _golden.GetProperty("probabilities").EnumerateArray().Select(each => each.GetDouble()).Index()) Assert.Equal(expected, said[names[k]], 1e-5);

        (exitCode, terminal) = CapturedTerminal.Run("edit", _folder["imported"], "--remove-class", "dog", "--add-class", "elk", "--out", _folder["edited"]);
        Assert.True(exitCode == 0, terminal.Error);
        var edited = Probabilities("edited");
        Assert.Equal(["cat", "elk", "owl"], edited.Keys.Order());
        // The other logits stay what they were, and so does the ratio of their classes.
        Assert.Equal(said["cat"] / said["owl"], edited["cat"] / edited["owl"], 1e-4);
    }

    [Fact]
    public void A_folder_with_a_model_is_not_written_over()
    {
        Directory.CreateDirectory(_folder["imported"]);
        File.WriteAllText(_folder["imported", "config.json"], "of a run");
        var (exitCode, terminal) = Import();
        Assert.Equal(2, exitCode);
        Assert.Equal($"error: {_folder["imported"]} holds a model", terminal.ErrorLines[0]);
        Assert.Equal([_folder["imported", "config.json"]], Directory.GetFileSystemEntries(_folder["imported"]));
    }

    [Fact]
    public void What_is_refused_leaves_nothing_behind()
    {
        // So large a scale that not a number comes out.
        var (exitCode, terminal) = Import("--mean", "1e300", "--std", "1e-300");
        Assert.Equal(6, exitCode);
        Assert.StartsWith($"error: the model of {Golden("net.pth")} does not compute what its weights do", terminal.Error);
        Assert.False(Directory.Exists(_folder["imported"]));
    }

    [Theory]
    [InlineData("--std", "0", "error: --std cannot be 0")]
    [InlineData("--std", "-0.2", "error: --std cannot be -0.2")]
    [InlineData("--std", "0.2,0.2", "error: --std gives 2 values")]
    [InlineData("--names", "cat,cat,dog", "error: --names gives cat twice")]
    [InlineData("--names", "cat,dog,", "error: --names cannot be 'cat,dog,'")]
    [InlineData("--names", "cat,dog", "error: --names gives 2 names")]
    public void Scaling_and_names_that_cannot_be_are_told(string flag, string typed, string expected)
    {
        var (exitCode, terminal) = Import(flag, typed);
        Assert.Equal(2, exitCode);
        Assert.Equal(expected, terminal.ErrorLines[0]);
    }

    private (int ExitCode, CapturedTerminal Terminal) Import(params string[] flags) =>
        CapturedTerminal.Run(["import", Golden("net.pth"), "--net", _folder["small.json"], "--out", _folder["imported"], .. flags]);

    private Dictionary<string, double> Probabilities(string model)
    {
        var (exitCode, terminal) = CapturedTerminal.Run("predict", _folder[model], _folder["picture.png"], "--json");
        Assert.True(exitCode == 0, terminal.Error);
        return JsonDocument.Parse(terminal.Out).RootElement.GetProperty("predictions")[0].GetProperty("topk").EnumerateArray()
            .ToDictionary(scored => scored.GetProperty("label").GetString()!, scored => scored.GetProperty("probability").GetDouble());
    }

    private static string Golden(string name) => Path.Combine(NinHome.Find()!, "tests", "golden", "pth", name);
}
