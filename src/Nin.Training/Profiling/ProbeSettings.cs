using Nin.Architectures;
using Nin.Recipes;

namespace Nin.Training.Profiling;

/// <summary>Which training steps a <see cref="TrainingProbe"/> takes.</summary>
public sealed record ProbeSettings
{
    /// <summary>A network of the catalogue, or the path of an architecture's JSON file.</summary>
    public required string Network { get; init; }

    /// <summary>[C, H, W] of what the network is fed.</summary>
    public required Shape Input { get; init; }

    /// <summary>[C, H, W] of the images in memory, which the loader resizes; null stores them as the network wants them.</summary>
    public Shape? Stored { get; init; }

    /// <summary>The number of labels.</summary>
    public required int Classes { get; init; }

    /// <summary>Optimizer, loss, augmentation and first weights; null: SGD, and images mirrored by chance.</summary>
    public TrainingOptions? Recipe { get; init; }

    /// <summary>Images in a step.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>The arithmetic of the network.</summary>
    public Precision Precision { get; init; } = Precision.Auto;

    /// <summary>Threads; 0 uses every core.</summary>
    public int Threads { get; init; }
}
