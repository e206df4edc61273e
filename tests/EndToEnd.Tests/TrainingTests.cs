using System.Text.Json;

namespace Nin.EndToEnd;

/// <summary>The command trains on real images.</summary>
public sealed class TrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_ends_with_run_end_and_a_report()
    {
        var (exitCode, output, error) = NinProcess.Run(_folder.Path, "train", "--fraction", "0.01", "--epochs", "1", "--name", "run", "--json");
        Assert.True(exitCode == 0, error);
        var last = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
        Assert.Equal("run_end", last.GetProperty("type").GetString());
        Assert.InRange(last.GetProperty("test_accuracy").GetDouble(), 0.05, 1);
        foreach (var file in new[] { "report.html", "curves.png", "confusion_matrix.png", "per_class.csv", "results.csv", "model.safetensors", "model.onnx", "class_maps.png", "top_losses.png", "README.md" })
            Assert.True(File.Exists(_folder["runs", "train", "run", file]), file);
    }

    /// <summary>Where the files of a training lay is known to whoever works with its run later.</summary>
    [Fact]
    public void A_run_on_files_of_its_own_is_evaluated_exported_and_explained_on_them()
    {
        Bars.Write(_folder["data"], "train", 200);
        Bars.Write(_folder["data"], "t10k", 50);
        var run = _folder["runs", "train", "run"];
        var best = Path.Combine(run, "checkpoints", "best.safetensors");
        Succeed("train", "--data", _folder["data"], "--fraction", "1", "--epochs", "1", "--batch", "32", "--name", "run", "--no-report");
        Assert.Equal(50, JsonDocument.Parse(Succeed("eval", best, "--json").Out).RootElement.GetProperty("images").GetInt32());
        Succeed("eval", best, "--min-accuracy", "0");
        Assert.Equal(6, NinProcess.Run(_folder.Path, "eval", best, "fashion-mnist", "--min-accuracy", "1").ExitCode);
        Assert.DoesNotContain("noise", Succeed("export", best, "--out", _folder["best.onnx"]).Error);
        Succeed("explain", "--worst", run);
    }

    [Fact]
    public void A_training_that_diverges_leaves_a_page_and_ends_with_run_end()
    {
        Bars.Write(_folder["data"], "train", 200);
        Bars.Write(_folder["data"], "t10k", 50);
        File.WriteAllText(_folder["net.json"], """
            { "name": "linear", "input": { "channels": 1, "height": 28, "width": 28 }, "layers": [
              { "type": "convolution", "width": 8, "kernel": 3, "relu": false },
              { "type": "convolution", "width": 10, "kernel": 1, "relu": false },
              { "type": "global_average_pool" } ] }
            """);
        var (exitCode, output, error) = NinProcess.Run(_folder.Path, "train", "--data", _folder["data"], "--net", _folder["net.json"], "--epochs", "1", "--batch", "32", "--name", "run", "--json",
            "--optimizer", "sgd", "--schedule", "constant", "--lr", "1e30", "--precision", "fp32", "--set", "initialisation.first_layer=random");
        Assert.True(exitCode == 7, error);
        var last = output.TrimEnd().Split('\n').TakeLast(2).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(["error", "run_end"], last.Select(line => line.GetProperty("type").GetString()));
        Assert.Equal("diverged", last[1].GetProperty("stopped_because").GetString());
        Assert.True(File.Exists(_folder["runs", "train", "run", "report.html"]));
        Assert.False(File.Exists(_folder["runs", "train", "run", "README.md"]));
    }

    private (string Out, string Error) Succeed(params string[] arguments)
    {
        var (exitCode, output, error) = NinProcess.Run(_folder.Path, arguments);
        Assert.True(exitCode == 0, error);
        return (output, error);
    }
}
