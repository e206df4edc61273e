using System.Collections.Immutable;

namespace Nin.Recipes;

/// <summary>How pixels are scaled.</summary>
public sealed record NormalisationOptions
{
    /// <summary>The scaling.</summary>
    public NormalisationKind Kind { get; init; } = NormalisationKind.Data;

    /// <summary>Fixed: a mean a channel, in 0..1.</summary>
    public ImmutableArray<double> Mean { get; init; } = [];

    /// <summary>Fixed: a standard deviation a channel, in 0..1.</summary>
    public ImmutableArray<double> StandardDeviation { get; init; } = [];
}

/// <summary>The scaling of pixels.</summary>
public enum NormalisationKind
{
    /// <summary>To mean 0 and deviation 1, measured on the training images.</summary>
    Data,

    /// <summary>By the given mean and standard deviation.</summary>
    Fixed,

    /// <summary>To 0..1 only.</summary>
    None,
}
