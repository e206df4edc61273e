using Nin.Runs;

namespace Nin.Cli.Rendering;

/// <summary>A run as a column of a comparison.</summary>
internal sealed record RunColumn(RunSummary Run, IReadOnlyList<EpochEnded> Epochs)
{
    /// <summary>The run's name.</summary>
    public string Name => Run.Directory.Name;
}
