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
        // After a restart with another seed the epochs count from 1 again; the later ones hold.
        Epochs = [.. past.OfType<EpochEnded>().GroupBy(epoch => epoch.Epoch).Select(same => same.Last())],
        Test = Read<EvaluationResult>(directory.Evaluation),
        Architecture = Read<ModelDescription>(directory.Description)?.Architecture,
        Ended = past.OfType<RunEnded>().LastOrDefault(),
        Environment = [.. (Read<Dictionary<string, string>>(directory.Environment) ?? []).Select(pair => new Setting(pair.Key, pair.Value))],
    });

    private static T? Read<T>(string path) where T : class =>
        File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllText(path), NinJson.Indented) : null;
}
