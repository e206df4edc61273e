using Nin.Images.Folders;
using Nin.Images.Tests.Pictures;
using SkiaSharp;

namespace Nin.Images.Tests.Folders;

/// <summary>A temporary folder that images are put into, with a cache of its own.</summary>
internal sealed class PictureFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PictureFolder() => Directory.CreateDirectory(Photos);

    public string Photos => _folder["photos"];

    public string Cache => _folder["cache"];

    public FolderOptions Options => new() { Cache = Cache };

    public string this[string relative] => Path.Combine(Photos, relative);

    /// <summary>A PNG of one colour.</summary>
    public PictureFolder Add(string relative, int width = 40, int height = 30, byte red = 200, byte green = 100, byte blue = 50)
    {
        var area = width * height;
        return Add(relative, Png([.. Enumerable.Repeat(red, area), .. Enumerable.Repeat(green, area), .. Enumerable.Repeat(blue, area)], width, height));
    }

    /// <summary>[3, H, W] as a PNG.</summary>
    public static byte[] Png(byte[] planes, int width, int height)
    {
        var area = width * height;
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Pixels = [.. Enumerable.Range(0, area).Select(i => new SKColor(planes[i], planes[area + i], planes[2 * area + i]))];
        using var image = SKImage.FromBitmap(bitmap);
        using var data = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        return data.ToArray();
    }

    /// <summary>A file of any content.</summary>
    public PictureFolder Add(string relative, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[relative])!);
        File.WriteAllBytes(this[relative], content);
        return this;
    }

    /// <summary>One of the pictures that come with the tests.</summary>
    public PictureFolder AddSample(string relative, string sample) => Add(relative, File.ReadAllBytes(ExpectedPicture.PathOf(sample)));

    public PictureFolder AddFolder(string relative)
    {
        Directory.CreateDirectory(this[relative]);
        return this;
    }

    public void Dispose() => _folder.Dispose();
}
