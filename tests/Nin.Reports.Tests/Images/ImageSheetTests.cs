using Nin.Architectures;
using Nin.Data;
using Nin.Reports.Images;

namespace Nin.Reports.Tests.Images;

public sealed class ImageSheetTests
{
    [Fact]
    public void Every_pixel_of_a_small_image_becomes_a_square()
    {
        // One red and one blue pixel: 224 device pixels of width, so 112 each.
        var pair = new ImageSet("pair", new(3, 1, 2), [200, 0, 0, 0, 0, 200], [0], ["both"]);
        using var sheet = Png.Decode(ImageSheet.Png(pair, [0]));
        Assert.Equal(112 * 112, sheet.Pixels.Count(pixel => pixel is { Red: 200, Green: 0, Blue: 0 }));
        Assert.Equal(112 * 112, sheet.Pixels.Count(pixel => pixel is { Red: 0, Green: 0, Blue: 200 }));
    }

    [Theory]
    [InlineData(1, 28, 28, 20)]
    [InlineData(3, 300, 200, 3)]
    [InlineData(1, 8, 8, 0)]
    public void Images_of_any_size_are_laid_out_in_rows(int channels, int height, int width, int count)
    {
        var set = Random(new(channels, height, width), 30);
        using var sheet = Png.Decode(ImageSheet.Png(set, [.. Enumerable.Range(0, count)], columns: 5));
        var across = Math.Clamp(count, 3, 5);
        Assert.Equal(2 * (32 - 14 + across * 126), sheet.Width);
        Assert.True(Png.Dark(sheet, new(0, 0, 300, 60)) > 50, "the title is missing");
    }

    [Fact]
    public void The_same_indices_give_the_same_bytes()
    {
        var set = Random(new(1, 28, 28), 30);
        Assert.Equal(ImageSheet.Png(set, [3, 1, 7]), ImageSheet.Png(set, [3, 1, 7]));
    }

    [Fact]
    public void An_index_outside_the_set_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageSheet.Png(Random(new(1, 2, 2), 3), [3]));

    [Fact]
    public void More_images_than_a_picture_holds_are_refused() =>
        Assert.Throws<OutputException>(() => ImageSheet.Png(Random(new(1, 2, 2), 3), new int[300_000]));

    private static ImageSet Random(Shape shape, int count)
    {
        var pixels = new byte[count * shape.Elements];
        new Random(1).NextBytes(pixels);
        return new("random train", shape, pixels, [.. Enumerable.Range(0, count).Select(i => i % 2)], ["a class whose name is too long for its place", "b"]);
    }
}
