using Nin.Runs;

namespace Nin.Cli.Rendering;

/// <summary>The words of <c>stopped_because</c>: what they mean and the exit code that goes with them.</summary>
internal static class StopReason
{
    /// <summary>By Ctrl-C.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>By SIGTERM.</summary>
    public const string Terminated = "terminated";

    /// <summary>Why a run ended; a model that was imported or edited has no training to end.</summary>
    public static string Of(RunSummary run) => run.Ended?.StoppedBecause ?? (run.Options is null ? "-" : "unfinished");

    /// <summary>The exit code of a run that ended so.</summary>
    public static int ExitCode(string reason) => reason switch
    {
        Interrupted => 130,
        Terminated => 143,
        _ => 0,
    };

    /// <summary>Whether a run that ended so has left its model; one that was stopped has at most that of a time before.</summary>
    public static bool LeavesModel(string reason) => reason is not (Interrupted or Terminated or "collapsed" or "diverged");

    /// <summary>The reason as people say it.</summary>
    public static string Describe(string reason) => reason switch
    {
        "epochs" => "every epoch was trained",
        "time" => "the time was up",
        "patience" => "validation no longer improved",
        "converged" => "converged: the learning rate was reduced as often as allowed",
        Interrupted => "interrupted by Ctrl-C",
        Terminated => "terminated by SIGTERM",
        _ => reason,
    };
}
