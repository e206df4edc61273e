namespace Nin.Recipes;

/// <summary>What is done to whole images after <see cref="NormalisationOptions"/>, as sections 4.1 to 4.4 of the paper say; the model carries it along.</summary>
public sealed record PreprocessingOptions
{
    /// <summary>Global contrast normalisation: images of one colour have no contrast to normalise, and a single pixel that is off by one level makes more than this.</summary>
    public const double LeastContrast = 1e-4;

    /// <summary>Local contrast normalisation: no pixel is divided by less.</summary>
    public const double LeastDeviation = 1e-3;

    /// <summary>What is done.</summary>
    public PreprocessingKind Kind { get; init; } = PreprocessingKind.None;

    /// <summary>Global contrast normalisation: the length of every image as a vector; 55 in the maxout paper, which the authors follow.</summary>
    public double Scale { get; init; } = 55;

    /// <summary>Whitening: added to every eigenvalue of the covariance; 0.1 in the maxout paper. 0 whitens every kept direction fully.</summary>
    public double ZcaBias { get; init; } = 0.1;

    /// <summary>Whitening: the share of the variance that is kept, largest directions first; 1 keeps all that rise above rounding.</summary>
    public double ZcaKeep { get; init; } = 1;

    /// <summary>Local contrast normalisation: the side of the window, in pixels; odd.</summary>
    public int Window { get; init; } = 9;
}

/// <summary>What is done to whole images.</summary>
public enum PreprocessingKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Global contrast normalisation: every image gets mean 0 and the same length.</summary>
    Gcn,

    /// <summary>Global contrast normalisation, then ZCA whitening measured on the training images: the paper's for CIFAR.</summary>
    GcnZca,

    /// <summary>Local contrast normalisation: every pixel gets mean 0 and deviation 1 or less within its window: the paper's for SVHN.</summary>
    Lcn,
}
