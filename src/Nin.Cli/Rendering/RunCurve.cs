using Nin.Runs;

namespace Nin.Cli.Rendering;

/// <summary>A run and its epochs.</summary>
internal sealed record RunCurve(RunSummary Run, IReadOnlyList<EpochEnded> Epochs)
{
    /// <summary>The run's name.</summary>
    public string Name => Run.Directory.Name;
}
