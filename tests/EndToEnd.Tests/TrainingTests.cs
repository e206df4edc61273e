using System.Text.Json;

namespace Nin.EndToEnd;

/// <summary>The command trains on real images, survives what happens to processes, and ends with the same weights.</summary>
public sealed class TrainingTests : IDisposable
{
    private static readonly string[] Job = ["train", "--fraction", "0.01", "--epochs", "3", "--batch", "64", "--set", "checkpoint_minutes=0", "--no-report", "--json"];

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

    [Fact]
    public void A_run_ended_by_SIGTERM_is_resumed_to_the_same_weights()
    {
        if (OperatingSystem.IsWindows()) return;
        Whole();
        using (var process = NinProcess.Start(_folder.Path, [.. Job, "--name", "parts"]))
        {
            while (process.ReadLine() is { } line && !line.Contains("\"epoch_end\"", StringComparison.Ordinal))
            {
            }
            process.Send("TERM");
            Assert.Equal(143, process.ExitCode());
        }
        Assert.Equal(0, NinProcess.Run(_folder.Path, "train", "--resume", "parts", "--no-report").ExitCode);
        AssertSameAsWhole("parts");
    }

    /// <summary>NIN_KILLS sets how often, for longer campaigns.</summary>
    [Fact]
    public void A_run_killed_at_random_moments_is_resumed_to_the_same_weights()
    {
        Whole();
        var kills = int.Parse(Environment.GetEnvironmentVariable("NIN_KILLS") ?? "8");
        var random = new Random(17);
        string[] command = [.. Job, "--name", "killed"];
        for (var done = 0; done < kills;)
        {
            using var process = NinProcess.Start(_folder.Path, command);
            // The first event means that training has begun; then some steps.
            var ended = process.ReadLine() is null;
            Thread.Sleep(random.Next(400));
            process.Kill();
            if (File.Exists(Killed("model.safetensors")) || ended)
            {
                // It was finished before the blow: begin anew, so that every kill meets a training.
                AssertSameAsWhole("killed");
                Directory.Delete(_folder["runs", "train", "killed"], recursive: true);
            }
            done++;
            command = File.Exists(Killed("checkpoints", "last.safetensors")) || File.Exists(Killed("checkpoints", "previous.safetensors"))
                ? ["train", "--resume", "killed", "--no-report", "--json"]
                : Fresh();
        }
        var (exitCode, _, error) = NinProcess.Run(_folder.Path, command);
        Assert.True(exitCode == 0, error);
        AssertSameAsWhole("killed");
    }

    private string[] Fresh()
    {
        if (Directory.Exists(_folder["runs", "train", "killed"])) Directory.Delete(_folder["runs", "train", "killed"], recursive: true);
        return [.. Job, "--name", "killed"];
    }

    private string Killed(params string[] names) => _folder[["runs", "train", "killed", .. names]];

    private void Whole() => Assert.Equal(0, NinProcess.Run(_folder.Path, [.. Job, "--name", "whole"]).ExitCode);

    private void AssertSameAsWhole(string run)
    {
        Assert.Equal(File.ReadAllBytes(_folder["runs", "train", "whole", "model.safetensors"]), File.ReadAllBytes(_folder["runs", "train", run, "model.safetensors"]));
        Assert.Equal(Rows("whole"), Rows(run));
    }

    /// <summary>The CSV but for the columns that a clock or the machine decides: seconds, images a second, memory.</summary>
    private string[] Rows(string run) => [.. File.ReadLines(_folder["runs", "train", run, "results.csv"]).Select(line =>
    {
        var cells = line.Split(',');
        return string.Join(',', cells.Where((_, column) => column is not (2 or 8 or 9)));
    })];
}
