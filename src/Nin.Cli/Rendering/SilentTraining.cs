using Nin.Runs;

namespace Nin.Cli.Rendering;

/// <summary>Shows nothing.</summary>
internal sealed class SilentTraining : ITrainingDisplay
{
    /// <inheritdoc />
    public void Show(RunEvent happened) { }

    /// <inheritdoc />
    public RunEnded During(Func<RunEnded> training) => training();
}
