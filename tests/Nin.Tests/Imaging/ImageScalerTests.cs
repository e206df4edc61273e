using Nin.Golden;
using Nin.Imaging;

namespace Nin.Tests.Imaging;

public sealed class ImageScalerTests
{
    public static TheoryData<int> Cases { get; } = [.. Enumerable.Range(0, GoldenResized.Load().Cases.Length)];

    [Theory, MemberData(nameof(Cases))]
    public void Resizing_is_that_of_Pillow(int number)
    {
        var golden = GoldenResized.Load().Cases[number];
        var resized = ImageScaler.Fit(Picture(golden.Width, golden.Height), golden.ToHeight, golden.ToWidth, golden.Fit);
        var area = golden.ToWidth * golden.ToHeight;
        var differences = golden.Pixels.Select((theirs, i) => Math.Abs(theirs - resized.Pixels[i % 3 * area + i / 3])).ToArray();
        Assert.Equal(3 * area, resized.Pixels.Length);
        // Pillow rounds to bytes between its two passes.
        Assert.InRange(differences.Max(), 0, 1);
        Assert.InRange(differences.Average(), 0, 0.3);
    }

    [Fact]
    public void A_picture_of_the_wanted_size_is_left_alone()
    {
        var picture = Picture(9, 7);
        Assert.Same(picture, ImageScaler.Fit(picture, 7, 9, ImageFit.Crop));
    }

    [Fact]
    public void A_crop_keeps_what_lies_in_the_middle()
    {
        // Columns 0 1 2 3 4 5; the middle two of them fill a square.
        var picture = new PixelImage(new(1, 2, 6), [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]);
        Assert.Equal([2, 3, 2, 3], ImageScaler.Fit(picture, 2, 2, ImageFit.Crop).Pixels);
    }

    /// <summary>The picture of make_resized.py, [3, H, W].</summary>
    private static PixelImage Picture(int width, int height)
    {
        var pixels = new byte[3 * height * width];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (c, y, x) = (i / (height * width), i / width % height, i % width);
            var value = (int)Math.Floor(128 + 80 * Math.Sin((c + 1) * x / 9.0) + 47 * Math.Cos((c + 2) * y / 7.0));
            pixels[i] = (byte)((x / 4 + y / 4) % 2 == 1 ? 255 - value : value);
        }
        return new(new(3, height, width), pixels);
    }
}
