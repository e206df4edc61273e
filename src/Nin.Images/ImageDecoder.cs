using Nin.Architectures;
using Nin.Imaging;
using SkiaSharp;

namespace Nin.Images;

/// <summary>
/// Turns picture files into bytes [C, H, W]: JPEG (CMYK too), PNG (palette and 16 bits too), WebP, GIF (the first frame), BMP, ICO. Pictures are turned
/// upright by their EXIF orientation. Where they are transparent, white shows through, as on a page. Colour profiles are not applied; 16 bits become 8.
/// </summary>
public static class ImageDecoder
{
    /// <summary>Formats that it reads.</summary>
    public const string Formats = "JPEG, PNG, WebP, GIF and BMP";

    /// <summary>What a picture's header says. Nothing is decoded.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">How errors shall name it.</param>
    /// <param name="limits">How large it may be; null for <see cref="ImageLimits.Default"/>.</param>
    /// <exception cref="ImageException">It is no picture or too large.</exception>
    public static ImageHeader ReadHeader(ReadOnlySpan<byte> file, string name, ImageLimits? limits = null)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = Open(data, name, limits ?? ImageLimits.Default);
        var (width, height) = OrientationOf(codec, file).IsTurned ? (codec.Info.Height, codec.Info.Width) : (codec.Info.Width, codec.Info.Height);
        return new(codec.EncodedFormat.ToString().ToLowerInvariant(), width, height, codec.Info is { ColorType: SKColorType.Gray8, IsOpaque: true });
    }

    /// <summary>Decodes a picture.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="channels">3 for red, green, blue; 1 for grey, which of colours is their luma (ITU-R BT.601).</param>
    /// <param name="name">How errors shall name it.</param>
    /// <param name="limits">How large it may be; null for <see cref="ImageLimits.Default"/>.</param>
    /// <returns>[C, H, W], upright.</returns>
    /// <exception cref="ImageException">It is no picture, too large or damaged.</exception>
    public static PixelImage Decode(ReadOnlySpan<byte> file, int channels, string name, ImageLimits? limits = null)
    {
        if (channels is not (1 or 3)) throw new ArgumentOutOfRangeException(nameof(channels), channels, "pictures have 1 or 3 channels");
        using var data = SKData.CreateCopy(file);
        using var codec = Open(data, name, limits ?? ImageLimits.Default);
        using var bitmap = Pixels(codec, name);
        var orientation = OrientationOf(codec, file);
        var (width, height) = orientation.IsTurned ? (bitmap.Height, bitmap.Width) : (bitmap.Width, bitmap.Height);
        var planes = GC.AllocateUninitializedArray<byte>(checked(channels * width * height));
        PixelPlanes.Write(bitmap.GetPixelSpan(), bitmap.Width, bitmap.Height, orientation, channels, planes);
        return new(new Shape(channels, height, width), planes);
    }

    /// <summary>Decodes a picture file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="channels">3 for red, green, blue; 1 for grey.</param>
    /// <param name="limits">How large it may be; null for <see cref="ImageLimits.Default"/>.</param>
    /// <returns>[C, H, W], upright.</returns>
    /// <exception cref="ImageException">It cannot be read, is no picture, too large or damaged.</exception>
    public static PixelImage Decode(string path, int channels, ImageLimits? limits = null) => Decode(ImageFile.Read(path, limits), channels, path, limits);

    private static SKCodec Open(SKData data, string name, ImageLimits limits)
    {
        ImageFile.CheckLength(data.Size, name, limits);
        var codec = SKCodec.Create(data) ?? throw new ImageException(ImageFault.UnknownFormat, $"{name} is no picture", FileKind.Describe(data.AsSpan()), $"save it as one of {Formats}, or remove it");
        if ((long)codec.Info.Width * codec.Info.Height <= limits.MaxPixels) return codec;
        var size = $"{codec.Info.Width:N0} x {codec.Info.Height:N0}";
        codec.Dispose();
        throw new ImageException(ImageFault.TooLarge, $"{name} is too large", $"it has {size} pixels; {limits.MaxPixels:N0} are allowed", "save it smaller, or remove it");
    }

    private static Orientation OrientationOf(SKCodec codec, ReadOnlySpan<byte> file) =>
        Orientation.Of(codec.EncodedFormat == SKEncodedImageFormat.Png ? PngExif.Orientation(file) : codec.EncodedOrigin);

    /// <summary>[H, W, 4], colours not multiplied by their opacity, as stored: not turned.</summary>
    private static SKBitmap Pixels(SKCodec codec, string name)
    {
        // Without a colour space Skia converts none, like the libraries that others train with.
        var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul)))
        {
            bitmap.Dispose();
            throw new ImageException(ImageFault.TooLarge, $"{name} cannot be decoded", "its pixels do not fit in memory", "save it smaller, or remove it");
        }
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result == SKCodecResult.Success) return bitmap;
        bitmap.Dispose();
        throw new ImageException(ImageFault.Damaged, $"{name} is damaged", result == SKCodecResult.IncompleteInput ? "it ends in the middle of the picture" : $"its pixels cannot be decoded ({result})", "fetch it again, or remove it");
    }
}
