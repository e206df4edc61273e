using SkiaSharp;

namespace Nin.Reports.Tests;

/// <summary>Reads pictures back.</summary>
internal static class Png
{
    public static SKBitmap Decode(byte[] png) => SKBitmap.Decode(png) ?? throw new InvalidOperationException("not a picture");

    /// <summary>Pixels of a rectangle that are nearly black, as text is.</summary>
    public static int Dark(SKBitmap picture, SKRectI area)
    {
        var dark = 0;
        for (var y = area.Top; y < area.Bottom; y++)
            for (var x = area.Left; x < area.Right; x++)
                if (picture.GetPixel(x, y) is { Red: < 90, Green: < 90, Blue: < 90 })
                    dark++;
        return dark;
    }

    public static int Colours(SKBitmap picture) => picture.Pixels.Distinct().Count();
}
