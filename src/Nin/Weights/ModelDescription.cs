using System.Collections.Immutable;
using Nin.Architectures;
using Nin.Imaging;
using Nin.Recipes;

namespace Nin.Weights;

/// <summary>What is needed beside the weights to use a model: the <c>config.json</c> of a run.</summary>
public sealed record ModelDescription
{
    internal const string Bilinear = "bilinear";

    /// <summary>The whole network.</summary>
    public required Architecture Architecture { get; init; }

    /// <summary>K.</summary>
    public required int NumClasses { get; init; }

    /// <summary>A name a class.</summary>
    public required ImmutableArray<string> LabelNames { get; init; }

    /// <summary>[C, H, W] that the network is fed.</summary>
    public required Shape InputSize { get; init; }

    /// <summary>[C, H, W] of the data, from which images are resized to the input; null where it is the input's.</summary>
    public Shape? DataSize { get; init; }

    /// <summary>Subtracted from each channel, in 0..1.</summary>
    public required ImmutableArray<double> Mean { get; init; }

    /// <summary>Divides each channel, in 0..1.</summary>
    public required ImmutableArray<double> Std { get; init; }

    /// <summary>What is done to whole images then; whitening has its matrix in <c>whitening.safetensors</c> beside this description.</summary>
    public PreprocessingOptions Preprocessing { get; init; } = new();

    /// <summary>How images reach the input size: bilinear, antialiased when shrinking. Models that say anything else are not read.</summary>
    public string Interpolation { get; init; } = Bilinear;

    /// <summary>What becomes of images of another aspect ratio.</summary>
    public ImageFit Fit { get; init; } = ImageFit.Stretch;

    /// <summary>The data that it was trained on.</summary>
    public string Dataset { get; init; } = "";
}
