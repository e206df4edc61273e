using System.Text.Json;
using Nin.Files;
using SkiaSharp;

namespace Nin.Cli.Tests.Commands;

public sealed class ExplainTests : IDisposable
{
    private static readonly string Bag = Path.Combine(NinHome.Find()!, "samples", "bag.png");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--top", "3", "maps")]
    [InlineData("--map", null, "map")]
    public void Unreadable_files_are_reported_and_the_rest_is_done(string flag, string? value, string kind)
    {
        File.WriteAllText(_folder["broken.png"], "no picture");
        string[] flags = value is null ? [flag] : [flag, value];
        var (exitCode, terminal) = CapturedTerminal.Run(["explain", _folder["broken.png"], Bag, "--out", _folder["out"], .. flags]);
        Assert.Equal(3, exitCode);
        Assert.Contains("bag.png: ", terminal.Out, StringComparison.Ordinal);
        Assert.Contains("broken.png", terminal.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["out", $"bag.{kind}.png"]));
    }

    [Fact]
    public void A_picture_that_is_too_small_for_a_map_is_named_and_the_rest_is_done()
    {
        using (var picture = new SKBitmap(6, 6, SKColorType.Gray8, SKAlphaType.Opaque))
        using (var png = picture.Encode(SKEncodedImageFormat.Png, 100)) File.WriteAllBytes(_folder["small.png"], png.ToArray());
        var (exitCode, terminal) = CapturedTerminal.Run("explain", _folder["small.png"], Bag, "--map", "--out", _folder["out"]);
        Assert.Equal(3, exitCode);
        Assert.Contains($"error: {_folder["small.png"]}: a picture of 6x6 pixels is smaller", terminal.Error, StringComparison.Ordinal);
        Assert.Contains("bag.png: ", terminal.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["out", "bag.map.png"]));
    }

    [Fact]
    public void Json_has_the_maps_of_all_classes_where_all_were_asked_for()
    {
        var (exitCode, terminal) = CapturedTerminal.Run("explain", Bag, "--all-classes", "--out", _folder.Path, "--json");
        Assert.True(exitCode == 0, terminal.Error);
        Assert.Equal(10, JsonDocument.Parse(terminal.Out).RootElement.GetProperty("explanations")[0].GetProperty("class_maps").GetArrayLength());
    }

    [Theory]
    [InlineData("bag.png --map --all-classes", "error: --map does not go together with --all-classes")]
    [InlineData("bag.png --map --top 5", "error: --top does not go together with --map")]
    [InlineData("bag.png --all-classes --top 5", "error: --top does not go together with --all-classes")]
    [InlineData("--filters --top 5", "error: --top does not go together with --filters")]
    [InlineData("-", "error: nin explain takes no standard input")]
    [InlineData("--worst fashion-mnist bag.png", "error: --worst does not go together with bag.png")]
    [InlineData("fashion-mnist bag.png --filters", "error: --filters does not go together with bag.png")]
    public void What_would_be_ignored_is_refused(string line, string expected)
    {
        var (exitCode, terminal) = CapturedTerminal.Run(["explain", .. line.Split(' ')]);
        Assert.Equal(2, exitCode);
        Assert.Equal(expected, terminal.ErrorLines[0]);
    }
}
