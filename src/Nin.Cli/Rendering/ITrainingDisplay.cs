using Nin.Cli.Consoles;
using Nin.Runs;

namespace Nin.Cli.Rendering;

/// <summary>Shows a run while it goes on.</summary>
internal interface ITrainingDisplay
{
    /// <summary>Shows an event. The end of the run is not shown: the result is.</summary>
    void Show(RunEvent happened);

    /// <summary>Is there while the training runs.</summary>
    RunEnded During(Func<RunEnded> training);

    /// <summary>The one that suits the terminal and the flags.</summary>
    static ITrainingDisplay For(Output output) => output switch
    {
        { Quiet: true } => new SilentTraining(),
        { Terminal.Live: { } console } => new LiveTraining(console, output.Terminal.Clock),
        _ => new PlainTraining(output.Terminal.Error, output.Terminal.Clock),
    };
}
