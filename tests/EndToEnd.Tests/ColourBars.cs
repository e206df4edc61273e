using Nin.Data;
using SkiaSharp;

namespace Nin.EndToEnd;

/// <summary>Bars in colour, class by class: once as the files of CIFAR-10's binary version, once as a folder of PNG files, image by image the same.</summary>
internal static class ColourBars
{
    private const int Side = 32, Area = Side * Side, TrainingFiles = 5;

    /// <summary>Writes 200 images to train on and 40 to test on.</summary>
    /// <param name="binary">For data_batch_1.bin to test_batch.bin.</param>
    /// <param name="png">For train/&lt;class&gt;/ and test/&lt;class&gt;/.</param>
    public static void Write(string binary, string png)
    {
        Directory.CreateDirectory(binary);
        var trained = Part(200, seed: 1, Path.Combine(png, "train"));
        foreach (var (i, batch) in trained.Chunk(trained.Length / TrainingFiles).Index()) File.WriteAllBytes(Path.Combine(binary, $"data_batch_{i + 1}.bin"), [.. batch.SelectMany(record => record)]);
        File.WriteAllBytes(Path.Combine(binary, "test_batch.bin"), [.. Part(40, seed: 2, Path.Combine(png, "test")).SelectMany(record => record)]);
    }

    /// <summary>A record an image: its label, then [3, H, W].</summary>
    private static byte[][] Part(int count, int seed, string png)
    {
        var (random, names, records) = (new Random(seed), DataCatalogue.Find("cifar10").LabelNames, new byte[count][]);
        for (var i = 0; i < count; i++)
        {
            var label = i * names.Length / count;
            var pixels = new byte[3 * Area];
            for (var j = 0; j < pixels.Length; j++) pixels[j] = (byte)(random.Next(80) + (j % Area / Side / 3 == label ? 150 : 0));
            records[i] = [(byte)label, .. pixels];
            Directory.CreateDirectory(Path.Combine(png, names[label]));
            File.WriteAllBytes(Path.Combine(png, names[label], $"{i:000}.png"), Png(pixels));
        }
        return records;
    }

    private static byte[] Png(byte[] planes)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Pixels = [.. Enumerable.Range(0, Area).Select(i => new SKColor(planes[i], planes[Area + i], planes[2 * Area + i]))];
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return data.ToArray();
    }
}
