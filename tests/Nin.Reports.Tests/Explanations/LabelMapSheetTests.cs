using Nin.Architectures;
using Nin.Explanations;
using Nin.Imaging;
using Nin.Reports.Explanations;
using SkiaSharp;

namespace Nin.Reports.Tests.Explanations;

public sealed class LabelMapSheetTests
{
    /// <summary>A white picture of 2 x 4 cells of 10 pixels. Windows are 2 x 2: the left one is a cat, the right one a dog, the one between them either.</summary>
    private static readonly LabelMap _map = new(new[] { 0, 1, 1 }, new[] { 0.9f, 0.4f, 0.9f }, Height: 1, Width: 3, WindowHeight: 2, WindowWidth: 2);

    private static readonly PixelImage _picture = new(new Shape(3, 20, 40), [.. Enumerable.Repeat((byte)255, 3 * 20 * 40)]);

    [Fact]
    public void Every_window_tints_its_middle_fainter_where_it_is_less_likely()
    {
        using var sheet = Sheet();
        // 36 device pixels a picture's pixel, after a border of 32 and a header of 68.
        SKColor At(int x, int y) => sheet.GetPixel(32 + 36 * x, 100 + 36 * y);
        Assert.Equal(3, new[] { At(10, 8), At(20, 8), At(30, 8) }.Distinct().Count());
        Assert.True(At(20, 8).Red > At(30, 8).Red && At(20, 8).Red < 250, $"the less likely window is {At(20, 8)}, the likelier one {At(30, 8)}");
        Assert.Equal(new SKColor(255, 255, 255), At(2, 18));
    }

    [Fact]
    public void Only_the_largest_parts_are_framed()
    {
        var one = new LabelledBox(0, 0.9f, 1, 0, 0, 2, 2);
        using var ten = Sheet([.. Enumerable.Repeat(one, 10)]);
        using var eleven = Sheet([.. Enumerable.Repeat(one, 10), one with { Label = 1, Column = 2 }]);
        Assert.Equal(ten.Pixels[(100 * ten.Width)..], eleven.Pixels[(100 * eleven.Width)..]);
    }

    private static SKBitmap Sheet(params LabelledBox[] boxes) =>
        Png.Decode(LabelMapSheet.Png("pets.png", _picture, _map, [.. boxes], new MapGeometry(Jump: 10, Field: 10, Start: 0, ScaleX: 1, ScaleY: 1), ["cat", "dog"]));
}
