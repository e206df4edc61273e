using System.Collections.Immutable;

namespace Nin.Evaluation;

/// <summary>How a model did on labelled images.</summary>
public sealed record EvaluationResult
{
    /// <summary>Of the layout of this record.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>N.</summary>
    public required int Images { get; init; }

    /// <summary>Mean cross-entropy per image, in nats.</summary>
    public required double Loss { get; init; }

    /// <summary>The share whose most probable class is right, in 0..1.</summary>
    public required double Top1 { get; init; }

    /// <summary>The same share where each image is judged together with its mirror image, by the sum of both logits; null where this was not asked for.</summary>
    public double? Top1Flips { get; init; }

    /// <summary>The share whose right class is among the five most probable, in 0..1.</summary>
    public required double Top5 { get; init; }

    /// <summary>Expected calibration error over 15 bins of confidence, in 0..1 (Guo et al., 2017).</summary>
    public required double CalibrationError { get; init; }

    /// <summary>The 95 % interval of top-1 (Wilson, 1927).</summary>
    public required double Top1Low { get; init; }

    /// <inheritdoc cref="Top1Low" />
    public required double Top1High { get; init; }

    /// <summary>Precision, recall and F1 of each class.</summary>
    public required ImmutableArray<ClassResult> PerClass { get; init; }

    /// <summary>Rows are true classes, columns predicted ones: counts [K][K].</summary>
    public required ImmutableArray<ImmutableArray<int>> Confusion { get; init; }
}

/// <summary>How a model did on one class.</summary>
/// <param name="Label">The class's name.</param>
/// <param name="Images">Images of the class.</param>
/// <param name="Precision">Of those called so, the share that was; 0 when none was called so.</param>
/// <param name="Recall">Of those that are, the share called so.</param>
/// <param name="F1">The harmonic mean of both.</param>
public sealed record ClassResult(string Label, int Images, double Precision, double Recall, double F1);
