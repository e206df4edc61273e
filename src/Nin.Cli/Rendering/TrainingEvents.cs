using Nin.Cli.Consoles;
using Nin.Runs;

namespace Nin.Cli.Rendering;

/// <summary>Hands a run's events to the display and, as JSON lines, to standard output.</summary>
internal sealed class TrainingEvents(ITrainingDisplay display, Output output)
{
    private RunEnded? _failed;

    /// <summary>What happened so far, but for steps: a report is made of it.</summary>
    public List<RunEvent> Past { get; } = [];

    /// <summary>An event happened. Steps are too many for JSON, and the end comes last of all: <see cref="End"/> or <see cref="Fail"/>.</summary>
    public void Report(RunEvent happened)
    {
        display.Show(happened);
        _failed = happened as RunEnded;
        if (happened is not StepEnded) Past.Add(happened);
        if (happened is not (StepEnded or RunEnded)) output.JsonLine(happened);
    }

    /// <summary>The training failed: programs get the end of the run, where it came so far, before the error.</summary>
    public void Fail()
    {
        if (_failed is not null) output.JsonLine<RunEvent>(_failed);
    }

    /// <summary>All is written: the result.</summary>
    public void End(RunEnded ended)
    {
        foreach (var line in TrainingLines.Result(ended))
        {
            if (output.Json) output.Remark(line);
            else output.Terminal.Out.WriteLine(line);
        }
        output.JsonLine<RunEvent>(ended);
    }

    /// <summary>What to do with it now.</summary>
    public void Next(RunEnded ended, bool report)
    {
        foreach (var line in TrainingLines.Next(ended, report)) output.Remark(line);
    }
}
