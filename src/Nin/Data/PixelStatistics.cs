using System.Collections.Immutable;

namespace Nin.Data;

/// <summary>Mean and standard deviation of each channel, of pixels in 0..1.</summary>
/// <param name="Mean">[C].</param>
/// <param name="StandardDeviation">[C], over all pixels of all images, not a mean of each image's.</param>
public sealed record PixelStatistics(ImmutableArray<double> Mean, ImmutableArray<double> StandardDeviation)
{
    /// <summary>Of all images.</summary>
    /// <exception cref="ArgumentException">There are no images.</exception>
    public static PixelStatistics Of(ImageSet images)
    {
        if (images.Count == 0) throw new ArgumentException("the mean of no images is not defined", nameof(images));
        var channels = images.Shape.Channels;
        var area = images.Shape.Height * images.Shape.Width;
        var histograms = Enumerable.Range(0, channels).Select(_ => new long[256]).ToArray();
        for (var index = 0; index < images.Count; index++)
        {
            var image = images.Image(index);
            for (var c = 0; c < channels; c++) Count(image.Slice(c * area, area), histograms[c]);
        }
        var moments = histograms.Select(Moments).ToArray();
        return new([.. moments.Select(m => m.Mean)], [.. moments.Select(m => m.Deviation)]);
    }

    private static void Count(ReadOnlySpan<byte> plane, long[] histogram)
    {
        foreach (var value in plane) histogram[value]++;
    }

    /// <summary>Whole numbers until the last step: exact for any number of images.</summary>
    private static (double Mean, double Deviation) Moments(long[] histogram)
    {
        long count = 0, sum = 0, squares = 0;
        for (long value = 0; value < histogram.Length; value++)
        {
            count += histogram[value];
            sum += histogram[value] * value;
            squares += histogram[value] * value * value;
        }
        var mean = sum / (double)count;
        var variance = (double)((Int128)squares * count - (Int128)sum * sum) / count / count;
        return (mean / 255, Math.Sqrt(variance) / 255);
    }
}
