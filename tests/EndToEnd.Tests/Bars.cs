using Nin.Data;

namespace Nin.EndToEnd;

/// <summary>A data set that takes a network a moment: bars whose height tells the class, in noise.</summary>
internal static class Bars
{
    /// <summary>Writes a part of it as IDX files.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="part">As in the files' names: train or t10k.</param>
    /// <param name="count">How many images.</param>
    public static void Write(string folder, string part, int count)
    {
        var random = new Random(count);
        var pixels = new byte[count * 28 * 28];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)(random.Next(80) + (i / 28 % 28 / 3 == i / 784 % 10 ? 150 : 0));
        Directory.CreateDirectory(folder);
        IdxWriter.Write(Path.Combine(folder, $"{part}-images-idx3-ubyte"), new([count, 28, 28], pixels));
        IdxWriter.Write(Path.Combine(folder, $"{part}-labels-idx1-ubyte"), new([count], [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]));
    }
}
