using System.Collections.Immutable;
using Nin.Architectures;

namespace Nin.Data;

/// <summary>Labelled images, one byte a channel of a pixel: [N, C, H, W] and [N].</summary>
public sealed class ImageSet
{
    private readonly PixelStore _pixels;
    private readonly int[] _places;

    /// <summary>Images in memory.</summary>
    /// <param name="name">Of the data set and the part, for example <c>fashion-mnist train</c>.</param>
    /// <param name="shape">[C, H, W] of every image.</param>
    /// <param name="pixels">N * C * H * W bytes, 0..255.</param>
    /// <param name="labels">N class numbers, from 0.</param>
    /// <param name="labelNames">A name a class.</param>
    /// <exception cref="DataException">They do not fit together.</exception>
    public ImageSet(string name, Shape shape, byte[] pixels, int[] labels, ImmutableArray<string> labelNames)
        : this(name, shape, PixelStore.Of(pixels), [.. Enumerable.Range(0, labels.Length)], labels, labelNames)
    {
        if (pixels.LongLength != labels.LongLength * shape.Elements)
            throw new DataException($"{name}: images and labels do not match", $"{labels.Length} labels stand beside {pixels.LongLength / (double)shape.Elements:0.##} images of [{shape}]", "fetch both files again");
    }

    /// <summary>Images anywhere.</summary>
    /// <param name="name">Of the data set and the part.</param>
    /// <param name="shape">[C, H, W] of every image.</param>
    /// <param name="pixels">Images of C * H * W bytes each, one after the other.</param>
    /// <param name="places">[N]: which of those images each one is.</param>
    /// <param name="labels">N class numbers, from 0.</param>
    /// <param name="labelNames">A name a class.</param>
    /// <exception cref="DataException">A label is beyond the names.</exception>
    public ImageSet(string name, Shape shape, PixelStore pixels, int[] places, int[] labels, ImmutableArray<string> labelNames)
    {
        if (places.Length != labels.Length) throw new ArgumentException($"{places.Length} images have {labels.Length} labels", nameof(places));
        var wrong = Array.FindIndex(labels, label => label < 0 || label >= labelNames.Length);
        if (wrong >= 0)
            throw new DataException($"{name}: label {wrong} is {labels[wrong]}", $"labels run from 0 to {labelNames.Length - 1}", "fetch the label file again");
        (Name, Shape, Labels, LabelNames, _pixels, _places) = (name, shape, labels, labelNames, pixels, places);
    }

    /// <summary>Of the data set and the part.</summary>
    public string Name { get; }

    /// <summary>The part alone, for example <c>train</c>.</summary>
    public string Part => Name[(Name.LastIndexOf(' ') + 1)..];

    /// <summary>[C, H, W] of every image.</summary>
    public Shape Shape { get; }

    /// <summary>[N], class numbers from 0.</summary>
    public int[] Labels { get; }

    /// <summary>A name a class.</summary>
    public ImmutableArray<string> LabelNames { get; }

    /// <summary>N.</summary>
    public int Count => Labels.Length;

    /// <summary>The number of classes, K.</summary>
    public int Classes => LabelNames.Length;

    /// <summary>The bytes of one image, [C, H, W].</summary>
    public ReadOnlySpan<byte> Image(int index) => _pixels.Slice(_places[index] * Shape.Elements, (int)Shape.Elements);

    /// <summary>One image on its own.</summary>
    public Imaging.PixelImage Picture(int index) => new(Shape, Image(index).ToArray());

    /// <summary>The indices of so many images at most, evenly spread over all: those of a folder lie class by class.</summary>
    public int[] Spread(int most)
    {
        var count = Math.Min(Count, most);
        return [.. Enumerable.Range(0, count).Select(i => (int)((long)i * Count / count))];
    }

    /// <summary>Some of the images, in the order given. Their pixels are not copied.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such image.</exception>
    public ImageSet Select(ReadOnlySpan<int> indices)
    {
        var (places, labels) = (new int[indices.Length], new int[indices.Length]);
        for (var i = 0; i < indices.Length; i++) (places[i], labels[i]) = (_places[indices[i]], Labels[indices[i]]);
        return new(Name, Shape, _pixels, places, labels, LabelNames);
    }
}

/// <summary>A data set as it comes: a part to train on and, where there are any, parts to validate and to test on.</summary>
/// <param name="Name">What people type, or the folder's name.</param>
/// <param name="Train">To train on, and to validate on where there is no part for that.</param>
/// <param name="Test">To test on; null where the data has none.</param>
public sealed record DataSet(string Name, ImageSet Train, ImageSet? Test)
{
    /// <summary>To validate on; null where images of <see cref="Train"/> are to be held out for that.</summary>
    public ImageSet? Validation { get; init; }

    /// <summary>What those who train on it should know, a sentence each: what was skipped, what was chosen.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>The files that it was made from; null where they are a published data set's.</summary>
    public ImageFiles? Files { get; init; }

    /// <summary>How images of a folder were brought to one size.</summary>
    public Imaging.ImageFit Fit { get; init; } = Imaging.ImageFit.Stretch;
}
