using System.Collections.Immutable;
using Nin.Architectures;
using Nin.Imaging;

namespace Nin.Images.Folders;

/// <summary>How a folder of images becomes a data set.</summary>
public sealed record FolderOptions
{
    /// <summary>[C, H, W] of every image, as a trained network takes them; null lets the images decide, and <see cref="Side"/>.</summary>
    public Shape? Shape { get; init; }

    /// <summary>The classes that a trained network tells apart, in its order; null takes those of the folder.</summary>
    public ImmutableArray<string>? LabelNames { get; init; }

    /// <summary>Height and width of every image, in pixels; null lets the images decide.</summary>
    public int? Side { get; init; }

    /// <summary>Height and width that the chosen network usually takes: for images that differ in size or are large.</summary>
    public int? UsualSide { get; init; }

    /// <summary>What becomes of another aspect ratio.</summary>
    public ImageFit Fit { get; init; } = ImageFit.Crop;

    /// <summary>The folder of images to validate on, by its name beside <c>train</c>; null: val, valid or validation.</summary>
    public string? ValDir { get; init; }

    /// <summary>How large a picture may be.</summary>
    public ImageLimits Limits { get; init; } = ImageLimits.Default;

    /// <summary>Where decoded pictures are kept.</summary>
    public string Cache { get; init; } = Files.CacheFolder.Path;
}
