using Nin.Cli.Consoles;
using Nin.Runs;

namespace Nin.Cli.Rendering;

/// <summary>Hands a run's events to the display and, as JSON lines, to standard output.</summary>
internal sealed class TrainingEvents(ITrainingDisplay display, Output output)
{
    /// <summary>What happened so far, but for steps: a report is made of it.</summary>
    public List<RunEvent> Past { get; } = [];

    /// <summary>An event happened. Steps are too many for JSON, and the end comes last of all, after an error too.</summary>
    public void Report(RunEvent happened)
    {
        display.Show(happened);
        if (happened is not StepEnded) Past.Add(happened);
        if (happened is RunEnded) output.HoldBack(happened);
        else if (happened is not StepEnded) output.JsonLine(happened);
    }

    /// <summary>The result.</summary>
    public void End(RunEnded ended)
    {
        foreach (var line in TrainingLines.Result(ended))
        {
            if (output.Json) output.Remark(line);
            else output.Terminal.Out.WriteLine(line);
        }
    }

    /// <summary>All is written: what to do with it now.</summary>
    public void Next(RunEnded ended, bool report)
    {
        foreach (var line in TrainingLines.Next(ended, report)) output.Remark(line);
        output.Finish();
    }
}
