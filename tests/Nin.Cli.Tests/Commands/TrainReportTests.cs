using System.Text.Json;
using Nin.Architectures;
using Nin.Cli.Commands;
using Nin.Data;
using Nin.Evaluation;
using Nin.Json;
using Nin.Runs;
using Nin.Weights;

namespace Nin.Cli.Tests.Commands;

public sealed class TrainReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A run that was resumed for longer lies beside the model and the test of its first end.</summary>
    [Theory]
    [InlineData("interrupted")]
    [InlineData("diverged")]
    public void A_run_that_was_stopped_claims_nothing_of_a_model_before_it(string reason)
    {
        var run = new RunDirectory(_folder.Path);
        var network = Catalogue.Find("nin-mnist").Build();
        string[] labels = [.. Enumerable.Range(0, network.Classes).Select(label => $"{label}")];
        Write(run.Description, new ModelDescription { Architecture = network, NumClasses = network.Classes, LabelNames = [.. labels], InputSize = network.Input, Mean = [0.5], Std = [0.5] });
        Write(run.Evaluation, new EvaluationResult { Images = 1, Loss = 0, Top1 = 0.91, Top5 = 1, CalibrationError = 0, Top1Low = 0.9, Top1High = 0.92, PerClass = [], Confusion = [] });
        File.WriteAllText(run.Onnx, "of the first end");
        var data = new DataSet("one", new("one train", new Shape(1, 28, 28), new byte[784], [0], [.. labels]), Test: null);

        TrainReport.Write(run, [RunSamples.Started, RunSamples.Ended with { StoppedBecause = reason, TestAccuracy = null, TestLoss = null }], data, new());

        var page = File.ReadAllText(run.Report);
        Assert.Contains("validation accuracy at best", page, StringComparison.Ordinal);
        Assert.DoesNotContain("nin eval", page, StringComparison.Ordinal);
        Assert.False(File.Exists(run.ModelCard));
    }

    private static void Write<T>(string path, T document) => File.WriteAllText(path, JsonSerializer.Serialize(document, NinJson.Indented));
}
