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
}
