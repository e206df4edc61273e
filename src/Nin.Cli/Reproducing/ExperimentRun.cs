using Nin.Architectures;

namespace Nin.Cli.Reproducing;

/// <summary>A training that experiments need; those that need the same one share it.</summary>
/// <param name="Name">Of its folder, before the scale.</param>
/// <param name="Label">On pages.</param>
/// <param name="Recipe">Of <c>configs/</c>.</param>
internal sealed record ExperimentRun(string Name, string Label, string Recipe)
{
    /// <summary>Trained in place of the recipe's network; null: that one.</summary>
    public Architecture? Network { get; init; }

    /// <summary>The published test error, in 0..1; null where there is none.</summary>
    public double? Published { get; init; }

    /// <summary>What was published, where it takes words.</summary>
    public string? PublishedText { get; init; }
}
