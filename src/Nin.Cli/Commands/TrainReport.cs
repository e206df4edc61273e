using Nin.Cli.Consoles;
using Nin.Cli.Explaining;
using Nin.Cli.Rendering;
using Nin.Data;
using Nin.Evaluation;
using Nin.Files;
using Nin.Json;
using Nin.Recipes;
using Nin.Reports;
using Nin.Runs;
using Nin.Weights;

namespace Nin.Cli.Commands;

/// <summary>The plots and the page of a run that has just ended.</summary>
internal static class TrainReport
{
    /// <summary>Writes them from what happened, from the files that the training left, and from what its model says of the test images.</summary>
    public static void Write(RunDirectory directory, IReadOnlyList<RunEvent> past, DataSet data, TrainingOptions options)
    {
        var model = JsonFile.Read<ModelDescription>(directory.Description);
        var ended = past.OfType<RunEnded>().LastOrDefault();
        var hasModel = ended is not null && StopReason.LeavesModel(ended.StoppedBecause);
        var content = new ReportContent
        {
            Name = directory.Name,
            Started = past.OfType<RunStarted>().LastOrDefault(),
            Epochs = File.Exists(directory.Results) ? WithBest(ResultsCsv.Read(directory.Results), options.WatchTest) : [],
            WatchesTest = options.WatchTest,
            Test = ended?.TestAccuracy is null ? null : JsonFile.Read<EvaluationResult>(directory.Evaluation),
            Architecture = model?.Architecture,
            Ended = ended,
            Environment = [.. (JsonFile.Read<Dictionary<string, string>>(directory.Environment) ?? []).Select(pair => new Setting(pair.Key, pair.Value))],
            Sections = hasModel && File.Exists(directory.Onnx) ? [.. ClassMapPictures.Write(directory, data, options.Threads)] : [],
        };
        RunReport.Write(directory, content);
        if (hasModel && model is not null) AtomicFile.WriteText(directory.ModelCard, ModelCard.Write(content, model));
    }

    /// <summary>The same after a training that failed, whose error matters more than one of the report.</summary>
    public static void TryWrite(RunDirectory directory, IReadOnlyList<RunEvent> past, DataSet data, TrainingOptions options, Output output)
    {
        try
        {
            Write(directory, past, data, options);
            output.Remark($"see {directory.Report}");
        }
        catch (NinException e)
        {
            output.Remark($"there is no report: {e.Message} ({e.Why})");
        }
    }

    /// <summary>Marks the epoch whose weights are kept, which the CSV does not say; the test images never choose it.</summary>
    private static IReadOnlyList<EpochEnded> WithBest(IReadOnlyList<EpochEnded> epochs, bool watchesTest)
    {
        if (watchesTest) return epochs;
        var best = epochs.MaxBy(epoch => epoch.ValAccuracy)?.Epoch;
        return [.. epochs.Select(epoch => epoch with { IsBest = epoch.Epoch == best })];
    }
}
