using Nin.Training.Profiling;

namespace Nin.Cli.Rendering;

/// <summary>Measured training steps as a table.</summary>
internal static class ProfileText
{
    /// <summary>A row an operation, what is left of the step, and the whole.</summary>
    public static IEnumerable<string> Table(StepProfile profile)
    {
        var operations = profile.Operations;
        var whole = new OperationProfile("whole step", operations.Sum(operation => operation.ForwardMs), operations.Sum(operation => operation.BackwardMs),
            operations.Sum(operation => operation.Gflop), operations.Sum(operation => operation.Megabytes), 1);
        return TextTable.Lines(["operation", ">forward ms", ">backward ms", ">ms", ">GFLOP/s", ">MB", ">GB/s", ">share"],
        [
            .. operations.Select(operation => Row(operation, operation.Ms)),
            Row("waiting for batches", profile.WaitingMs, profile.MeanMs),
            Row("loss, checks, update", profile.RestMs, profile.MeanMs),
            Row(whole, profile.MeanMs),
        ]);
    }

    /// <summary>How fast it trains, in three lines.</summary>
    public static IEnumerable<string> Summary(StepProfile profile) =>
    [
        $"{profile.Network}: {profile.Arithmetic}, {Counted.Of(profile.Threads, "thread")}, batch {profile.Batch}",
        $"{NumberText.Count(profile.ImagesPerSecond)} images/s: {profile.MedianMs:0.0} ms a step, median of {profile.Steps}",
        $"the loader alone: {NumberText.Count(profile.LoadingImagesPerSecond)} images/s, {profile.LoadingImagesPerSecond / profile.ImagesPerSecond:0} times as many; peak memory {profile.PeakMemoryMb:0} MiB",
    ];

    private static string[] Row(OperationProfile operation, double ms) =>
    [
        operation.Name, $"{operation.ForwardMs:0.00}", $"{operation.BackwardMs:0.00}", $"{ms:0.00}",
        operation.Gflop > 0 ? $"{operation.Gflop / ms * 1000:#,0}" : "-", $"{operation.Megabytes:#,0.0}", $"{operation.Megabytes / ms:0.0}", NumberText.Percent(operation.Share),
    ];

    private static string[] Row(string what, double ms, double ofMs) => [what, "", "", $"{ms:0.00}", "", "", "", NumberText.Percent(ms / ofMs)];
}
