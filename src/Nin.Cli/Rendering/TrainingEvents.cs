using Nin.Cli.Consoles;
using Nin.Runs;

namespace Nin.Cli.Rendering;

/// <summary>Hands a run's events to the display and, as JSON lines, to standard output.</summary>
internal sealed class TrainingEvents(ITrainingDisplay display, Output output)
{
    /// <summary>An event happened. Steps are too many for JSON, and the end comes last of all: <see cref="End"/>.</summary>
    public void Report(RunEvent happened)
    {
        display.Show(happened);
        if (happened is not (StepEnded or RunEnded)) output.JsonLine(happened);
    }

    /// <summary>The end of a run, put right by the signal that caused it: a cancelled token does not tell SIGTERM from Ctrl-C.</summary>
    public static RunEnded Ending(RunEnded ended, string? signal) =>
        ended.StoppedBecause == StopReason.Interrupted && signal is not null ? ended with { StoppedBecause = signal } : ended;

    /// <summary>All is written: the result, and what to do next.</summary>
    public void End(RunEnded ended, bool report)
    {
        foreach (var line in TrainingLines.Result(ended))
        {
            if (output.Json) output.Remark(line);
            else output.Terminal.Out.WriteLine(line);
        }
        foreach (var line in TrainingLines.Next(ended, report)) output.Remark(line);
        output.JsonLine<RunEvent>(ended);
    }
}
