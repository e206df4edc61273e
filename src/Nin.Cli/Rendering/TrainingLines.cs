using Nin.Runs;

namespace Nin.Cli.Rendering;

/// <summary>The events of a run as lines, on a terminal and off.</summary>
internal static class TrainingLines
{
    /// <summary>Above the epoch lines.</summary>
    public const string EpochHeader = "   epoch  train loss  train acc  val loss   val acc        lr     img/s     time";

    /// <summary>Where the run goes, and every effective parameter.</summary>
    public static IEnumerable<string> Banner(RunStarted start) =>
        [$"nin {VersionText.Version}: {start.RunDir}", .. TextTable.Pairs(start.Settings.Select(setting => (setting.Name, setting.Value)), "  "), ""];

    /// <summary>How long it will take.</summary>
    public static string Estimate(RunEstimated estimate) =>
        $"estimate: {NumberText.Duration(estimate.Seconds)} at {NumberText.Count(estimate.ImagesPerSecond)} images/s";

    /// <summary>A row under <see cref="EpochHeader"/>; a star marks the best so far.</summary>
    public static string Epoch(EpochEnded epoch, int epochs)
    {
        var row = $"{$"{epoch.Epoch}/{epochs}",8}  {NumberText.Loss(epoch.TrainLoss),10}  {NumberText.Percent(epoch.TrainAccuracy),9}  {NumberText.Loss(epoch.ValLoss),8}  {NumberText.Percent(epoch.ValAccuracy),8}"
            + $"  {NumberText.Rate(epoch.LearningRate),8}  {NumberText.Count(epoch.ImagesPerSecond),8}  {NumberText.Duration(epoch.Seconds),7}";
        return $"{row}{(epoch.IsBest ? " *" : "")}{(epoch.DeadMaps > 0 ? $"  {epoch.DeadMaps} dead maps" : "")}";
    }

    /// <summary>The result.</summary>
    public static IEnumerable<string> Result(RunEnded ended) => TextTable.Pairs(
    [
        ("test accuracy", NumberText.Percent(ended.TestAccuracy)),
        .. ended.TestAccuracyFlips is { } flips ? [("test with flips", NumberText.Percent(flips))] : Array.Empty<(string, string)>(),
        ("test loss", NumberText.Loss(ended.TestLoss)),
        ("validation", NumberText.Percent(ended.ValAccuracy)),
        ("training", NumberText.Percent(ended.TrainAccuracy)),
        ("epochs", $"{ended.Epochs}; {StopReason.Describe(ended.StoppedBecause)}"),
        ("time", $"{NumberText.Duration(ended.Seconds)} at {NumberText.Count(ended.ImagesPerSecond)} images/s"),
        .. ended.CommunicationShare is { } share ? [("ranks", $"{ended.Ranks}; {NumberText.Percent(share)} of the training steps' time in communication")] : Array.Empty<(string, string)>(),
        ("run", ended.RunDir),
    ]);

    /// <summary>What to do with it now.</summary>
    public static IEnumerable<string> Next(RunEnded ended, bool report)
    {
        yield return "next:";
        if (ended.StoppedBecause is StopReason.Interrupted or StopReason.Terminated)
        {
            yield return $"  nin train --resume {ShellWord.Quoted(ended.RunDir)}";
            yield break;
        }
        yield return $"  nin eval {ShellWord.Quoted(ended.RunDir)}";
        yield return "  nin runs compare";
        if (report) yield return $"  see {new RunDirectory(ended.RunDir).Report}";
    }
}
