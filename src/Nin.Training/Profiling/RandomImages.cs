using System.Collections.Immutable;
using Nin.Architectures;
using Nin.Data;

namespace Nin.Training.Profiling;

/// <summary>Noise with labels: what a step costs does not depend on what is in the images.</summary>
internal static class RandomImages
{
    private const int MostBytes = 64 << 20;

    /// <summary>As many batches as fit 64 MiB, but at least 4 and at most 64.</summary>
    public static DataSet Of(Shape shape, int classes, int batch)
    {
        var count = batch * (int)Math.Clamp(MostBytes / (shape.Elements * batch), 4, 64);
        var random = new Random(1);
        var pixels = new byte[checked(count * shape.Elements)];
        random.NextBytes(pixels);
        var labels = new int[count];
        for (var i = 0; i < count; i++) labels[i] = random.Next(classes);
        ImmutableArray<string> names = [.. Enumerable.Range(0, classes).Select(label => $"{label}")];
        return new("noise", new ImageSet("noise", shape, pixels, labels, names), Test: null);
    }
}
