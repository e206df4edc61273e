using Nin.Recipes;

namespace Nin.Training.Runs;

/// <summary>When a run is over: a function of what was asked for and how far it came.</summary>
internal static class RunEnd
{
    /// <summary>Why no further epoch begins, or null. A run that ended before its test was made finds itself over when it is resumed.</summary>
    public static string? Why(TrainingOptions options, RunProgress progress) =>
        options.Schedule.Kind == ScheduleKind.Plateau && progress.Plateau.Converged ? "converged"
        : options.Patience is { } patience && progress.Epoch - progress.BestEpoch >= patience ? "patience"
        : progress.Epoch >= options.Epochs ? "epochs"
        : OutOfTime(options, progress) ? "time"
        : null;

    /// <summary>The one reason that does not wait for the end of an epoch.</summary>
    public static bool OutOfTime(TrainingOptions options, RunProgress progress) =>
        options.TimeMinutes is { } minutes && progress.Seconds >= minutes * 60;
}
