using System.Text.Json;

namespace Nin.EndToEnd;

/// <summary>Classifying from the command line: the model that ships, pictures from files and standard input, and nothing of libtorch.</summary>
public sealed class PredictTests : IDisposable
{
    private static readonly string Home = global::Nin.Files.NinHome.Find()!;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_model_that_ships_knows_the_samples()
    {
        var (exitCode, output, error) = NinProcess.Run(_folder.Path, "predict", Path.Combine(Home, "samples", "*.png"), "--json");
        Assert.True(exitCode == 0, error);
        Assert.Empty(error);
        var labels = JsonDocument.Parse(output).RootElement.GetProperty("predictions").EnumerateArray().Select(prediction => prediction.GetProperty("label").GetString()!);
        Assert.Equal(["Ankle boot", "Bag", "Dress", "Sandal", "Trouser"], labels);
    }

    [Fact]
    public void Unreadable_files_are_reported_and_the_rest_is_done()
    {
        File.Copy(Path.Combine(Home, "samples", "bag.png"), _folder["bag.png"]);
        File.WriteAllText(_folder["broken.png"], "no picture");
        var (exitCode, output, error) = NinProcess.Run(_folder.Path, "predict", "bag.png", "broken.png");
        Assert.Equal(3, exitCode);
        Assert.Contains("Bag ", output, StringComparison.Ordinal);
        Assert.Contains("broken.png", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_whose_name_holds_a_dot_is_no_picture()
    {
        Directory.CreateDirectory(_folder["runs", "train", "lr0.05"]);
        File.Copy(Path.Combine(Home, "models", "fashion-mnist.onnx"), _folder["runs", "train", "lr0.05", "model.onnx"]);
        var (exitCode, output, error) = NinProcess.Run(_folder.Path, "predict", "lr0.05", Path.Combine(Home, "samples", "bag.png"), "--json");
        Assert.True(exitCode == 0, error);
        Assert.Equal("runs/train/lr0.05/model.onnx", JsonDocument.Parse(output).RootElement.GetProperty("model").GetString());
    }

    [Fact]
    public void Predicting_does_not_load_libtorch()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        using var process = NinProcess.Start(_folder.Path, "predict", "-");
        var maps = "";
        for (var tries = 0; tries < 1200 && !maps.Contains("onnxruntime", StringComparison.Ordinal); tries++)
        {
            Thread.Sleep(50);
            maps = process.MappedFiles();
        }
        // It waits for a picture: the model is loaded.
        Assert.Contains("libonnxruntime", maps, StringComparison.Ordinal);
        Assert.DoesNotContain("torch", maps, StringComparison.OrdinalIgnoreCase);
        process.Input.Write(File.ReadAllBytes(Path.Combine(Home, "samples", "bag.png")));
        process.Input.Close();
        while (process.ReadLine() is { } line) maps += line;
        Assert.Contains("Bag", maps, StringComparison.Ordinal);
        Assert.Equal(0, process.ExitCode());
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("predict")]
    public void No_command_opens_a_store_of_ONNX_Runtimes_events(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the store lies in the home folder's cache there");
        string[] pictures = command == "predict" ? [Path.Combine(Home, "samples", "bag.png")] : [];
        using var process = NinProcess.StartBy(["env", "-u", "XDG_CACHE_HOME", $"HOME={_folder.Path}"], _folder.Path, [command, .. pictures]);
        Assert.True(process.ExitCode() == 0, process.Error);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories), path => path.Contains(".onnxruntime", StringComparison.Ordinal));
    }

    [Fact]
    public void Explaining_writes_pictures_and_every_number_behind_them()
    {
        var bag = Path.Combine(Home, "samples", "bag.png");
        var (exitCode, output, error) = NinProcess.Run(_folder.Path, "explain", bag, "--json");
        Assert.True(exitCode == 0, error);
        var explanation = JsonDocument.Parse(output).RootElement.GetProperty("explanations")[0];
        var cells = explanation.GetProperty("ledger").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(cell => cell.GetDouble()).ToArray();
        Assert.Equal(49, cells.Length);
        Assert.Equal(explanation.GetProperty("margin").GetDouble(), cells.Sum(), 1e-5);
        Assert.True(File.Exists(_folder["explanations", "bag.maps.png"]));

        Assert.Equal(0, NinProcess.Run(_folder.Path, "explain", bag, "--all-classes").ExitCode);
        Assert.Equal(0, NinProcess.Run(_folder.Path, "explain", "--filters").ExitCode);
        Assert.Equal(0, NinProcess.Run(_folder.Path, "explain", bag, "--map").ExitCode);
        foreach (var name in new[] { "bag.classes.png", "filters.png", "bag.map.png" }) Assert.True(File.Exists(_folder["explanations", name]), name);
    }

    [Fact]
    public void What_is_redirected_is_UTF_8_whatever_the_terminal_shows()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the locale tells the encoding there");
        using var process = NinProcess.StartBy(["env", "LC_ALL=en_US.ISO-8859-1"], _folder.Path, "explain", Path.Combine(Home, "samples", "bag.png"));
        Assert.Matches("[░▒▓█]", process.ReadToEnd());
        Assert.Equal(0, process.ExitCode());
    }

    [Fact]
    public void A_run_can_be_exported_predicted_with_and_is_checked_by_both_engines()
    {
        var (exitCode, _, error) = NinProcess.Run(_folder.Path, "train", "--fraction", "0.02", "--epochs", "1", "--name", "run", "--no-report");
        Assert.True(exitCode == 0, error);
        Assert.Contains("TorchSharp and ONNX Runtime agree on 200 images", error, StringComparison.Ordinal);

        (exitCode, var output, error) = NinProcess.Run(_folder.Path, "export", "run", "--precision", "int8", "--json");
        Assert.True(exitCode == 0, error);
        var result = JsonDocument.Parse(output).RootElement;
        Assert.InRange(result.GetProperty("parity").GetProperty("largest_logit_difference").GetDouble(), 0, 1e-4);
        Assert.Equal(0, result.GetProperty("parity").GetProperty("classes_that_differ").GetInt32());
        Assert.InRange(result.GetProperty("bytes").GetInt64(), 0, new FileInfo(_folder["runs", "train", "run", "model.onnx"]).Length / 3);

        Assert.Equal(0, NinProcess.Run(_folder.Path, "predict", "run", Path.Combine(Home, "samples")).ExitCode);
        Assert.Equal(0, NinProcess.Run(_folder.Path, "predict", Path.Combine("runs", "train", "run", "model-int8.onnx"), Path.Combine(Home, "samples")).ExitCode);
    }
}
