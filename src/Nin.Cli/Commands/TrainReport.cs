using System.Text.Json;
using Nin.Evaluation;
using Nin.Json;
using Nin.Reports;
using Nin.Runs;
using Nin.Weights;

namespace Nin.Cli.Commands;

/// <summary>The plots and the page of a run that has just ended.</summary>
internal static class TrainReport
{
    /// <summary>Writes them from what happened and from the files that the training left.</summary>
    public static void Write(RunDirectory directory, IReadOnlyList<RunEvent> past) => RunReport.Write(directory, new ReportContent
    {
        Name = directory.Name,
        Started = past.OfType<RunStarted>().LastOrDefault(),
        Epochs = File.Exists(directory.Results) ? WithBest(ResultsCsv.Read(directory.Results)) : [],
        Test = Read<EvaluationResult>(directory.Evaluation),
        Architecture = Read<ModelDescription>(directory.Description)?.Architecture,
        Ended = past.OfType<RunEnded>().LastOrDefault(),
        Environment = [.. (Read<Dictionary<string, string>>(directory.Environment) ?? []).Select(pair => new Setting(pair.Key, pair.Value))],
    });

    /// <summary>Marks the epoch whose weights are kept, which the CSV does not say.</summary>
    private static IReadOnlyList<EpochEnded> WithBest(IReadOnlyList<EpochEnded> epochs)
    {
        var best = epochs.MaxBy(epoch => epoch.ValAccuracy ?? -epoch.TrainLoss)?.Epoch;
        return [.. epochs.Select(epoch => epoch with { IsBest = epoch.Epoch == best })];
    }

    private static T? Read<T>(string path) where T : class =>
        File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllText(path), NinJson.Indented) : null;
}
