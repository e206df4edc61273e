using System.Collections.Immutable;
using Nin.Architectures;

namespace Nin.Data;

/// <summary>Labelled images in memory, one byte a channel of a pixel: [N, C, H, W] and [N].</summary>
public sealed class ImageSet
{
    /// <summary>Checks that pixels, labels and names fit together.</summary>
    /// <param name="name">Of the data set and the part, for example <c>fashion-mnist train</c>.</param>
    /// <param name="shape">[C, H, W] of every image.</param>
    /// <param name="pixels">N * C * H * W bytes, 0..255.</param>
    /// <param name="labels">N class numbers, from 0.</param>
    /// <param name="labelNames">A name a class.</param>
    /// <exception cref="DataException">They do not fit together.</exception>
    public ImageSet(string name, Shape shape, byte[] pixels, int[] labels, ImmutableArray<string> labelNames)
    {
        if (pixels.LongLength != labels.LongLength * shape.Elements)
            throw new DataException($"{name}: images and labels do not match", $"{labels.Length} labels stand beside {pixels.LongLength / (double)shape.Elements:0.##} images of [{shape}]", "fetch both files again");
        var wrong = Array.FindIndex(labels, label => label < 0 || label >= labelNames.Length);
        if (wrong >= 0)
            throw new DataException($"{name}: label {wrong} is {labels[wrong]}", $"labels run from 0 to {labelNames.Length - 1}", "fetch the label file again");
        (Name, Shape, Pixels, Labels, LabelNames) = (name, shape, pixels, labels, labelNames);
    }

    /// <summary>Of the data set and the part.</summary>
    public string Name { get; }

    /// <summary>[C, H, W] of every image.</summary>
    public Shape Shape { get; }

    /// <summary>[N, C, H, W], 0..255.</summary>
    public byte[] Pixels { get; }

    /// <summary>[N], class numbers from 0.</summary>
    public int[] Labels { get; }

    /// <summary>A name a class.</summary>
    public ImmutableArray<string> LabelNames { get; }

    /// <summary>N.</summary>
    public int Count => Labels.Length;

    /// <summary>The number of classes, K.</summary>
    public int Classes => LabelNames.Length;

    /// <summary>The bytes of one image, [C, H, W].</summary>
    public ReadOnlySpan<byte> Image(int index) => Pixels.AsSpan(checked((int)(index * Shape.Elements)), (int)Shape.Elements);

    /// <summary>A set of its own of some of the images, in the order given.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such image.</exception>
    public ImageSet Select(ReadOnlySpan<int> indices)
    {
        var size = (int)Shape.Elements;
        var pixels = new byte[checked(indices.Length * size)];
        var labels = new int[indices.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            labels[i] = Labels[indices[i]];
            Image(indices[i]).CopyTo(pixels.AsSpan(i * size, size));
        }
        return new(Name, Shape, pixels, labels, LabelNames);
    }
}

/// <summary>A data set as it comes: a part to train on and, where there is one, a part to test on.</summary>
/// <param name="Name">What people type, or the folder's name.</param>
/// <param name="Train">To train and validate on.</param>
/// <param name="Test">To test on; null where the data has none.</param>
public sealed record DataSet(string Name, ImageSet Train, ImageSet? Test);
