using System.Collections.Immutable;

namespace Nin.Recipes;

/// <summary>How weights begin.</summary>
public sealed record InitialisationOptions
{
    /// <summary>The distribution.</summary>
    public InitialisationKind Kind { get; init; } = InitialisationKind.He;

    /// <summary>Gaussian: the standard deviation.</summary>
    public double StandardDeviation { get; init; } = 0.05;

    /// <summary>Gaussian: the standard deviations of the first layers that have weights, in their order; those after them have <see cref="StandardDeviation"/>.</summary>
    public ImmutableArray<double> FirstDeviations { get; init; } = [];

    /// <summary>What the first convolution begins with.</summary>
    public FirstLayerKind FirstLayer { get; init; } = FirstLayerKind.Random;

    /// <summary>The weights of the last convolution or fully connected layer are multiplied by this.</summary>
    public double LastLayerScale { get; init; } = 1;

    /// <summary>
    /// Where the biases of the last convolution or fully connected layer begin, unless <see cref="Kind"/> draws them. Well above 0 it keeps all class maps of a network that ends in a ReLU
    /// alive through the first steps; softmax does not see a shift that all classes share.
    /// </summary>
    public double LastLayerBias { get; init; }
}

/// <summary>What the first convolution begins with.</summary>
public enum FirstLayerKind
{
    /// <summary>Random weights, as the other layers.</summary>
    Random,

    /// <summary>
    /// Filters that whiten patches of the training images: the patches' principal components, each scaled to deviation 1, then the same negated,
    /// for a ReLU would lose one side. Filters beyond these are random.
    /// </summary>
    Whitening,
}

/// <summary>The distribution of initial weights.</summary>
public enum InitialisationKind
{
    /// <summary>Normal with variance 2 / fan-in (He et al., 2015).</summary>
    He,

    /// <summary>Uniform with variance 2 / (fan-in + fan-out) (Glorot and Bengio, 2010).</summary>
    Xavier,

    /// <summary>Normal with a given standard deviation, as the authors' nets.</summary>
    Gaussian,

    /// <summary>The framework's default: uniform with variance 1 / (3 fan-in), biases too. It makes deep ReLU nets collapse.</summary>
    Default,
}
