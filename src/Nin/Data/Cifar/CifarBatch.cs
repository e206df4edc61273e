using System.Collections.Immutable;
using Nin.Architectures;

namespace Nin.Data.Cifar;

/// <summary>The images and labels of one file of CIFAR.</summary>
/// <param name="Pixels">[N, 3, 32, 32].</param>
/// <param name="Labels">[N].</param>
internal sealed record CifarBatch(byte[] Pixels, int[] Labels)
{
    /// <summary>What the files are called in errors.</summary>
    public const string Kind = "batch of CIFAR";

    /// <summary>[C, H, W] of every image.</summary>
    public static Shape Shape { get; } = new(3, 32, 32);

    /// <summary>Bytes of an image.</summary>
    public const int ImageBytes = 3 * 32 * 32;

    /// <summary>One part of a data set: the images of several files, in their order.</summary>
    public static ImageSet Join(DataSource source, string part, ReadOnlySpan<CifarBatch> batches)
    {
        if (batches is [var only]) return new($"{source.Name} {part}", Shape, only.Pixels, only.Labels, source.LabelNames);
        var images = 0;
        foreach (var batch in batches) images += batch.Labels.Length;
        var (pixels, labels, filled) = (new byte[checked(images * ImageBytes)], new int[images], 0);
        foreach (var batch in batches)
        {
            batch.Pixels.CopyTo(pixels, filled * ImageBytes);
            batch.Labels.CopyTo(labels, filled);
            filled += batch.Labels.Length;
        }
        return new($"{source.Name} {part}", Shape, pixels, labels, source.LabelNames);
    }

    /// <summary>The data set of all batches, of which the last one is for testing.</summary>
    public static DataSet Join(DataSource source, ImmutableArray<CifarBatch> batches) =>
        new(source.Name, Join(source, "train", batches.AsSpan()[..^1]), Join(source, "test", batches.AsSpan()[^1..]));
}
