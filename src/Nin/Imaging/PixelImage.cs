using Nin.Architectures;

namespace Nin.Imaging;

/// <summary>A picture in memory, one byte a channel of a pixel.</summary>
public sealed record PixelImage
{
    /// <summary>Checks that size and bytes fit together.</summary>
    /// <param name="shape">[C, H, W].</param>
    /// <param name="pixels">C * H * W bytes, 0..255, plane by plane, row by row.</param>
    /// <exception cref="ArgumentException">They do not fit together.</exception>
    public PixelImage(Shape shape, byte[] pixels)
    {
        if (pixels.LongLength != shape.Elements) throw new ArgumentException($"{pixels.LongLength} bytes stand for an image of [{shape}]", nameof(pixels));
        (Shape, Pixels) = (shape, pixels);
    }

    /// <summary>[C, H, W].</summary>
    public Shape Shape { get; }

    /// <summary>[C, H, W], 0..255.</summary>
    public byte[] Pixels { get; }
}
