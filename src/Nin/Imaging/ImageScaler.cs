using System.Numerics;
using Nin.Architectures;

namespace Nin.Imaging;

/// <summary>Brings pictures to a size: bilinear, antialiased when shrinking, like Pillow's <c>resize(..., BILINEAR)</c>.</summary>
public static class ImageScaler
{
    /// <summary>The picture in another size.</summary>
    /// <param name="image">[C, H, W].</param>
    /// <param name="height">Wanted, in pixels.</param>
    /// <param name="width">Wanted, in pixels.</param>
    /// <param name="fit">What becomes of another aspect ratio.</param>
    /// <returns>[C, <paramref name="height"/>, <paramref name="width"/>]; the picture itself where it has that size already.</returns>
    public static PixelImage Fit(PixelImage image, int height, int width, ImageFit fit)
    {
        var stored = image.Shape;
        if ((stored.Height, stored.Width) == (height, width)) return image;
        var (top, left, cropHeight, cropWidth) = Part(stored, height, width, fit);
        var rows = new Resampler(stored.Height, height, top, cropHeight);
        var columns = new Resampler(stored.Width, width, left, cropWidth);

        var to = stored with { Height = height, Width = width };
        var pixels = GC.AllocateUninitializedArray<byte>(checked((int)to.Elements));
        var row = new float[stored.Width];
        for (var c = 0; c < stored.Channels; c++)
        {
            var plane = image.Pixels.AsSpan(c * stored.Height * stored.Width, stored.Height * stored.Width);
            for (var y = 0; y < height; y++)
            {
                WeightedSum(plane, rows[y], row);
                Shrink(row, columns, pixels.AsSpan((c * height + y) * width, width));
            }
        }
        return new(to, pixels);
    }

    /// <summary>The part of a picture that remains in another size: all of it, or the largest with the right ratio of height to width, from the middle.</summary>
    /// <param name="stored">[C, H, W] of the picture.</param>
    /// <param name="height">Wanted, in pixels.</param>
    /// <param name="width">Wanted, in pixels.</param>
    /// <param name="fit">What becomes of another aspect ratio.</param>
    /// <returns>In pixels of the picture.</returns>
    public static (double Top, double Left, double Height, double Width) Part(Shape stored, int height, int width, ImageFit fit)
    {
        if (fit == ImageFit.Stretch) return (0, 0, stored.Height, stored.Width);
        var ratio = height / (double)width;
        var (partHeight, partWidth) = (Math.Min(stored.Height, stored.Width * ratio), Math.Min(stored.Width, stored.Height / ratio));
        return ((stored.Height - partHeight) / 2, (stored.Width - partWidth) / 2, partHeight, partWidth);
    }

    private static void WeightedSum(ReadOnlySpan<byte> plane, (int First, float[] Weights) rows, Span<float> sum)
    {
        sum.Clear();
        for (var j = 0; j < rows.Weights.Length; j++) Add(plane.Slice((rows.First + j) * sum.Length, sum.Length), rows.Weights[j], sum);
    }

    /// <summary>sum += weight * row.</summary>
    private static void Add(ReadOnlySpan<byte> row, float weight, Span<float> sum)
    {
        var x = 0;
        for (; x <= row.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[x..]), out var low, out var high);
            Add(low, weight, sum[x..]);
            Add(high, weight, sum[(x + Vector<ushort>.Count)..]);
        }
        for (; x < row.Length; x++) sum[x] += weight * row[x];
    }

    private static void Add(Vector<ushort> values, float weight, Span<float> sum)
    {
        Vector.Widen(values, out var low, out var high);
        var upper = sum[Vector<float>.Count..];
        (new Vector<float>(sum) + Vector.ConvertToSingle(low) * weight).CopyTo(sum);
        (new Vector<float>(upper) + Vector.ConvertToSingle(high) * weight).CopyTo(upper);
    }

    private static void Shrink(ReadOnlySpan<float> row, Resampler columns, Span<byte> target)
    {
        for (var x = 0; x < target.Length; x++)
        {
            var (first, weights) = columns[x];
            var sum = 0f;
            for (var j = 0; j < weights.Length; j++) sum += weights[j] * row[first + j];
            target[x] = (byte)(sum + 0.5f);
        }
    }
}
