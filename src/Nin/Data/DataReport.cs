using System.Collections.Immutable;
using Nin.Architectures;

namespace Nin.Data;

/// <summary>What there is to know of a data set before training on it.</summary>
public sealed record DataReport
{
    /// <summary>Of the layout of this record.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>What people type, or the folder's name.</summary>
    public required string Name { get; init; }

    /// <summary>[C, H, W] of every image.</summary>
    public required Shape ImageSize { get; init; }

    /// <summary>A name a class.</summary>
    public required ImmutableArray<string> LabelNames { get; init; }

    /// <summary>The training part and, where there are any, the parts to validate and to test on.</summary>
    public required ImmutableArray<PartReport> Parts { get; init; }

    /// <summary>The mean of each channel of the training images, in 0..1.</summary>
    public required ImmutableArray<double> Mean { get; init; }

    /// <summary>The standard deviation of each channel of the training images, in 0..1.</summary>
    public required ImmutableArray<double> Std { get; init; }

    /// <summary>The files that it was made from; null where they are a published data set's.</summary>
    public ImageFiles? Files { get; init; }

    /// <summary>Images that occur more than once.</summary>
    public required Duplicates Duplicates { get; init; }

    /// <summary>Counts, measures and compares all images of a data set.</summary>
    public static DataReport Of(DataSet data)
    {
        var statistics = PixelStatistics.Of(data.Train);
        return new()
        {
            Name = data.Name,
            ImageSize = data.Train.Shape,
            LabelNames = data.Train.LabelNames,
            Parts = [.. new[] { ("train", data.Train), ("val", data.Validation), ("test", data.Test) }.Where(part => part.Item2 is not null).Select(part => PartReport.Of(part.Item1, part.Item2!))],
            Files = data.Files,
            Mean = statistics.Mean,
            Std = statistics.StandardDeviation,
            Duplicates = Duplicates.Count(data.Train, data.Test),
        };
    }
}

/// <summary>One part of a data set.</summary>
/// <param name="Part">train, val or test.</param>
/// <param name="Images">N.</param>
/// <param name="ImagesPerClass">[K].</param>
/// <param name="ImbalanceRatio">The largest class over the smallest; 1 is balanced, null means that a class is empty.</param>
public sealed record PartReport(string Part, int Images, ImmutableArray<int> ImagesPerClass, double? ImbalanceRatio)
{
    /// <summary>Counts the images of each class.</summary>
    public static PartReport Of(string part, ImageSet images)
    {
        var counts = new int[images.Classes];
        foreach (var label in images.Labels) counts[label]++;
        return new(part, images.Count, [.. counts], counts.Min() == 0 ? null : counts.Max() / (double)counts.Min());
    }
}
