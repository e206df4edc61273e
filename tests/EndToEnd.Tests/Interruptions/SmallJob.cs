using System.Diagnostics;
using System.Text.Json;
using Nin.Architectures;
using Nin.Runs;
using Nin.Weights;

namespace Nin.EndToEnd.Interruptions;

/// <summary>
/// A training of two seconds that uses everything a checkpoint has to carry: dropout, augmentation, momentum, averaged weights, a validation and a best
/// epoch. It writes a checkpoint after every step, and it was once run without being disturbed.
/// </summary>
public sealed class SmallJob : IDisposable
{
    private const string Undisturbed = "undisturbed";

    private readonly TemporaryFolder _folder = new();

    public SmallJob()
    {
        Bars.Write(_folder["data"], "train", 400);
        Bars.Write(_folder["data"], "t10k", 100);
        ArchitectureJson.Write(_folder["net.json"], new()
        {
            Name = "tiny",
            Input = new(1, 28, 28),
            Layers =
            [
                new MaxPool(4, 4), new Mlpconv([8, 8], 3, Padding: 1, BatchNorm: true), new Dropout(0.2),
                new Mlpconv([8, 10], 3, Padding: 1, BatchNorm: true, FinalRelu: false), new GlobalAveragePool(),
            ],
        });
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, NinProcess.Run(_folder.Path, Begin("runs", Undisturbed)).ExitCode);
        // However long a busy machine held it up, blows have to meet the runs that follow.
        Duration = TimeSpan.FromSeconds(Math.Min(clock.Elapsed.TotalSeconds, 5));
    }

    /// <summary>How long it takes, start and all; at most five seconds.</summary>
    public TimeSpan Duration { get; }

    public void Dispose() => _folder.Dispose();

    /// <summary>The run of a name; its folder below the root.</summary>
    public RunDirectory Run(string name, string root = "runs") => new(_folder[root, "train", name]);

    /// <summary>A folder beside the runs.</summary>
    public string Folder(string name) => _folder[name];

    /// <summary>Begins the run, or goes on with it where it has begun, be it before its first checkpoint.</summary>
    internal NinProcess StartOrResume(string name, string root = "runs")
    {
        var run = Run(name, root);
        if (File.Exists(run.Options)) return NinProcess.Start(_folder.Path, "train", "--resume", run.Path, "--no-report");
        if (Directory.Exists(run.Path)) Directory.Delete(run.Path, recursive: true);
        return NinProcess.Start(_folder.Path, Begin(root, name));
    }

    /// <summary>Waits until a process that has just been started writes a checkpoint; false when it ends without.</summary>
    internal bool WaitForCheckpoint(NinProcess process, string name, string root = "runs")
    {
        var (file, started) = (Run(name, root).LastCheckpoint, DateTime.UtcNow);
        while (!File.Exists(file) || File.GetLastWriteTimeUtc(file) < started)
        {
            if (process.EndsWithin(TimeSpan.FromMilliseconds(5))) return false;
        }
        return true;
    }

    /// <summary>Weights bit for bit, the best checkpoint's too, every row but for times, and nothing left lying about.</summary>
    public void AssertSame(RunDirectory run)
    {
        var whole = Run(Undisturbed);
        Assert.Equal(File.ReadAllBytes(whole.Weights), File.ReadAllBytes(run.Weights));
        AssertSameTensors(whole.LastCheckpoint, run.LastCheckpoint);
        AssertSameTensors(whole.BestCheckpoint, run.BestCheckpoint);
        Assert.Equal(Rows(whole), Rows(run));
        Assert.Equal(Epochs(whole), Epochs(run));
        Assert.Empty(Directory.EnumerateFiles(run.Path, "*.tmp", SearchOption.AllDirectories));
        Assert.Single(Directory.EnumerateFiles(run.TensorBoard));
    }

    /// <summary>Whatever has happened: each file is whole, or was not begun.</summary>
    /// <param name="run">The run.</param>
    /// <param name="exceptLast">Whether the newest checkpoint was cut off on purpose.</param>
    public static void AssertReadable(RunDirectory run, bool exceptLast = false)
    {
        if (!Directory.Exists(run.Path)) return;
        foreach (var file in Directory.EnumerateFiles(run.Path, "*.safetensors", SearchOption.AllDirectories).Where(file => !exceptLast || file != run.LastCheckpoint)) Safetensors.Read(file);
        foreach (var file in Directory.EnumerateFiles(run.Path, "*.json")) JsonDocument.Parse(File.ReadAllText(file)).Dispose();
        if (File.Exists(run.Results)) ResultsCsv.Read(run.Results);
    }

    private string[] Begin(string root, string name) =>
    [
        "train", "--data", _folder["data"], "--net", _folder["net.json"], "--epochs", "12", "--batch", "32", "--val", "0.1", "--threads", "1", "--lr", "0.05", "--set", "initialisation.first_layer=random",
        "--set", "optimizer.average=0.9", "--set", "augmentation.flip=alternating", "--set", "checkpoint_minutes=0", "--no-report", "--out", _folder[root], "--name", name,
    ];

    private static void AssertSameTensors(string expected, string actual)
    {
        var (first, second) = (Safetensors.Read(expected), Safetensors.Read(actual));
        Assert.Equal(first.Tensors.Keys, second.Tensors.Keys);
        foreach (var (name, tensor) in first.Tensors) Assert.True(tensor.Bytes.Span.SequenceEqual(second.Tensors[name].Bytes.Span), name);
    }

    /// <summary>The CSV but for the columns that a clock or the machine decides: seconds, images a second, memory.</summary>
    private static string[] Rows(RunDirectory run) =>
        [.. File.ReadLines(run.Results).Select(line => string.Join(',', line.Split(',').Where((_, column) => column is not (2 or 8 or 9))))];

    private static int[] Epochs(RunDirectory run) =>
        [.. File.ReadLines(run.Events).Where(line => line.Contains("\"epoch_end\"", StringComparison.Ordinal)).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("epoch").GetInt32())];
}
