using Nin.Architectures;
using SkiaSharp;

namespace Nin.Reports.Drawing;

/// <summary>Images in memory as Skia's pictures.</summary>
internal static class PixelBitmap
{
    /// <summary>[C, H, W]: grey from one channel, colours from three or more.</summary>
    public static SKBitmap Of(ReadOnlySpan<byte> image, Shape shape)
    {
        var plane = shape.Height * shape.Width;
        var (green, blue) = shape.Channels >= 3 ? (plane, 2 * plane) : (0, 0);
        var pixels = new SKColor[plane];
        for (var i = 0; i < plane; i++)
            pixels[i] = new(image[i], image[green + i], image[blue + i]);
        return new SKBitmap(shape.Width, shape.Height, SKColorType.Rgba8888, SKAlphaType.Opaque) { Pixels = pixels };
    }
}
