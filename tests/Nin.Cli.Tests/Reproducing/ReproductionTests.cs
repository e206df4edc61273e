using System.Xml.Linq;
using Nin.Architectures;
using Nin.Cli.Consoles;
using Nin.Cli.Rendering;
using Nin.Cli.Reproducing;
using Nin.Data;
using Nin.Runs;

namespace Nin.Cli.Tests.Reproducing;

/// <summary>Experiments at the smallest scale, on made data files of the official formats.</summary>
[Collection("libtorch")]
public sealed class ReproductionTests : IDisposable
{
    private static readonly Scale Tiny = new() { Epochs = 3, ImageSize = 8, Threads = 1, Changes = [new("batch", "20"), new("checkpoint_minutes", "0")] };

    private readonly string _folder = Directory.CreateTempSubdirectory("nin-test-").FullName;

    public ReproductionTests()
    {
        WriteMnist("train", 60);
        WriteMnist("t10k", 40);
        WriteCifar();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Parameters_are_counted_exactly()
    {
        Assert.Equal(0, CapturedTerminal.Run("reproduce", "parameters", "--out", _folder).ExitCode);
        var counts = File.ReadLines(Path.Combine(_folder, "parameters", "parameters.csv")).Skip(1).Select(line => line.Split(',')).ToDictionary(cells => cells[0], cells => long.Parse(cells[2]));
        Assert.Equal(
            [966_986, 984_356, 1_986_026, 349_674, 1_992_166, 7_595_176, 61_100_840, 132_863_336],
            new[] { "nin-cifar10", "nin-cifar100", "nin-svhn", "nin-mnist", "nin-d2l", "nin-imagenet", "alexnet", "vgg11" }.Select(name => counts[name]));
        Assert.Contains("an eighth of AlexNet's memory: seen again", Page("parameters").Value);
    }

    [Fact]
    public void Table_5_and_figure_4_share_a_training_and_leave_pages_tables_and_pictures()
    {
        string[] scale = ["--epochs", "1", "--image-size", "8", "--batch-norm", "--threads", "1", "--set", "batch=20", "--data", Path.Combine(_folder, "data"), "--out", _folder];
        var (exitCode, terminal) = CapturedTerminal.Run(["reproduce", "table5", .. scale]);
        Assert.True(exitCode == 0, terminal.Error);
        (exitCode, terminal) = CapturedTerminal.Run(["reproduce", "figure4", .. scale]);
        Assert.True(exitCode == 0, terminal.Error);
        Assert.Contains("NiN with dropout: finished before", terminal.Error);

        Assert.Equal(["curves.csv", "curves.png", "errors.png", "index.html", "results.csv"], Files("table5"));
        Assert.Equal(["class_maps.csv", "class_maps.png", "curves.csv", "curves.png", "errors.png", "index.html", "results.csv"], Files("figure4"));
        Assert.Equal(["0.1159", "0.1088", "0.1041"], File.ReadLines(Path.Combine(_folder, "table5", "results.csv")).Skip(1).Select(line => line.Split(',')[2]));
        Assert.Equal(1 + 10 * 10 * 2 * 2, File.ReadLines(Path.Combine(_folder, "figure4", "class_maps.csv")).Count());

        var page = Page("table5");
        Assert.Equal(3, page.Descendants("table").Single().Descendants("tbody").Single().Elements("tr").Count());
        foreach (var caption in page.Descendants("caption").Concat(page.Descendants("figcaption"))) Assert.Contains("Scale: 1 of 260 epochs on 100 % of the training images, at 8x8; seed 0, threads 1", caption.Value);
        Assert.Contains("unlike the paper: batch normalisation, batch=20", page.Value);
    }

    [Fact]
    public void A_stopped_experiment_goes_on_where_it_was_and_ends_the_same()
    {
        var whole = Run("whole", StopRequest.Never);
        Assert.Equal(2, whole.Outcomes.Length);

        using var source = new CancellationTokenSource();
        var stopped = Run("parts", new(() => StopReason.Interrupted, source.Token), step => { if (step == 5) source.Cancel(); });
        Assert.Empty(stopped.Outcomes);
        Assert.Contains("not run yet", Page("parts", "tiny").Value);

        using var again = new CancellationTokenSource();
        var half = Run("parts", new(() => StopReason.Interrupted, again.Token), step => { if (step == 9) again.Cancel(); });
        var written = File.GetLastWriteTimeUtc(half.Outcomes.Single().Directory.Weights);

        var rest = Run("parts", StopRequest.Never);
        Assert.Equal(written, File.GetLastWriteTimeUtc(rest.Outcomes[0].Directory.Weights));
        foreach (var (one, two) in whole.Outcomes.Zip(rest.Outcomes)) Assert.Equal(File.ReadAllBytes(one.Directory.Weights), File.ReadAllBytes(two.Directory.Weights));
        Assert.DoesNotContain("not run yet", Page("parts", "tiny").Value);
    }

    [Fact]
    public void A_training_killed_before_its_first_checkpoint_begins_again()
    {
        var folder = Path.Combine(_folder, "killed", "runs", $"one{Tiny.Suffix(Tiny.Recipe(One))}");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "options.json"), "{");
        Assert.Equal(2, Run("killed", StopRequest.Never).Outcomes.Length);
    }

    [Fact]
    public void The_command_asks_for_the_same_again()
    {
        var scale = Tiny with { Changes = [new("schedule.milestones", "[1,2]")] };
        var command = new Reproduction("my pages", Path.GetFullPath("sets"), scale, new Output(new CapturedTerminal().Terminal)).Command(ExperimentCatalogue.Find("table4"));
        Assert.Equal($"nin reproduce table4 --epochs 3 --image-size 8 --threads 1 --set {ShellWord.Quoted("schedule.milestones=[1,2]")} --data {ShellWord.Quoted(Path.GetFullPath("sets"))} --out {ShellWord.Quoted("my pages")}", command);
    }

    [Fact]
    public void A_damaged_result_is_told_by_its_file()
    {
        var done = Run("damaged", StopRequest.Never).Outcomes[0].Directory;
        File.WriteAllText(done.Evaluation, "[]");
        Assert.Equal($"{done.Evaluation} cannot be read", Assert.Throws<ModelException>(() => Run("damaged", StopRequest.Never)).Message);
    }

    private static ExperimentRun One { get; } = new("one", "one", "paper-mnist") { Network = Network("one", 8) };

    private static ExperimentRun Two { get; } = new("two", "two", "paper-mnist") { Network = Network("two", 12), Published = 0.0047 };

    private ExperimentResults Run(string place, StopRequest stop, Action<long>? step = null)
    {
        var experiment = new Experiment { Name = "tiny", Title = "Two networks", Source = "nowhere", Shows = "Nothing.", Runs = [One, Two], Findings = [Findings.Lower("Two beats one", Two, One)] };
        var output = new Output(new CapturedTerminal().Terminal, quiet: true);
        var steps = 0L;
        return new Reproduction(Path.Combine(_folder, place), Path.Combine(_folder, "data"), Tiny, output).Run(experiment, stop, new Counting(() => step?.Invoke(++steps)));
    }

    private static Architecture Network(string name, int width) => new()
    {
        Name = name,
        Input = new(1, 8, 8),
        Layers = [new Mlpconv([width, width], 3, Padding: 1, BatchNorm: true), new MaxPool(2, 2), new Dropout(), new Mlpconv([width, 10], 3, Padding: 1, BatchNorm: true, FinalRelu: false), new GlobalAveragePool()],
    };

    private XElement Page(params string[] place) => XDocument.Parse(File.ReadAllText(Path.Combine([_folder, .. place, "index.html"]))).Root!;

    private IEnumerable<string> Files(string experiment) => Directory.GetFiles(Path.Combine(_folder, experiment)).Select(path => Path.GetFileName(path)).Order();

    private void WriteMnist(string part, int images)
    {
        var random = new Random(images);
        byte[] pixels = [.. Enumerable.Range(0, images * 784).Select(i => (byte)(random.Next(80) + (i / 28 % 28 / 3 == i / 784 % 10 ? 150 : 0)))];
        IdxWriter.Write(Path.Combine(_folder, "data", "mnist", $"{part}-images-idx3-ubyte"), new([images, 28, 28], pixels));
        IdxWriter.Write(Path.Combine(_folder, "data", "mnist", $"{part}-labels-idx1-ubyte"), new([images], [.. Enumerable.Range(0, images).Select(i => (byte)(i % 10))]));
    }

    /// <summary>Twenty images a file, ten classes.</summary>
    private void WriteCifar()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "data", "cifar-10-batches-bin")).FullName;
        var random = new Random(1);
        foreach (var file in (string[])["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"])
        {
            byte[] records = [.. Enumerable.Range(0, 20).SelectMany(i => Enumerable.Range(0, 3073).Select(at => at == 0 ? (byte)(i % 10) : (byte)(random.Next(90) + 16 * (i % 10))))];
            File.WriteAllBytes(Path.Combine(folder, $"{file}.bin"), records);
        }
    }

    /// <summary>Says when a step was made.</summary>
    private sealed class Counting(Action step) : ITrainingDisplay
    {
        public void Show(RunEvent happened)
        {
            if (happened is StepEnded) step();
        }

        public RunEnded During(Func<RunEnded> training) => training();
    }
}
