using SkiaSharp;

namespace Nin.Reports.Drawing;

/// <summary>Turns a drawing into a PNG of twice its size, for sharp screens, or into an SVG for the page.</summary>
internal static class Picture
{
    /// <summary>Device pixels a drawn unit in PNGs.</summary>
    public const int Scale = 2;

    /// <exception cref="OutputException">It is too large to be drawn.</exception>
    public static byte[] Png(int width, int height, Action<SKCanvas> draw)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width * Scale, height * Scale, SKColorType.Rgba8888, SKAlphaType.Opaque))
            ?? throw new OutputException("the picture cannot be drawn", $"{width * Scale}x{height * Scale} pixels are too many", "draw fewer things in one picture");
        surface.Canvas.Clear(Ink.Surface.Skia);
        surface.Canvas.Scale(Scale);
        draw(surface.Canvas);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        return data.ToArray();
    }

    public static string Svg(int width, int height, string title, string description, Action<SKCanvas> draw)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(width, height), stream))
            draw(canvas);
        return PageSvg.From(System.Text.Encoding.UTF8.GetString(stream.ToArray()), width, height, title, description);
    }
}
