using Nin.Data;
using Nin.Reports.Drawing;
using SkiaSharp;

namespace Nin.Reports.Images;

/// <summary>A contact sheet: chosen images of a set, each above the name of its class.</summary>
public static class ImageSheet
{
    /// <summary>Side of a picture's place, in drawn units.</summary>
    private const int Place = 112;

    private const int Gap = 14, Border = 16, Caption = 20, Header = 30;

    /// <summary>A PNG. Small images are enlarged by a whole number without smoothing, so that each pixel can be seen; large ones are shrunk.</summary>
    /// <param name="images">The set.</param>
    /// <param name="indices">Which images, in reading order.</param>
    /// <param name="columns">Images in a row.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside the set, or there is no column.</exception>
    /// <exception cref="OutputException">There are too many images for one picture.</exception>
    public static byte[] Png(ImageSet images, IReadOnlyList<int> indices, int columns = 8)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        foreach (var index in indices)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(indices));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, images.Count, nameof(indices));
        }

        var across = Math.Clamp(indices.Count, 3, Math.Max(3, columns));
        var down = (indices.Count + columns - 1) / columns;
        var (width, height) = (2 * Border - Gap + across * (Place + Gap), 2 * Border + Header - Gap + down * (Place + Caption + Gap));
        return Picture.Png(width, height, canvas => Draw(canvas, images, indices, columns));
    }

    private static void Draw(SKCanvas canvas, ImageSet images, IReadOnlyList<int> indices, int columns)
    {
        using var pen = new Pen(canvas);
        pen.Text(images.Name, Border, Border + 12, Ink.Text, 14, SKTextAlign.Left, bold: true);
        var after = Border + Pen.Measure(images.Name, 14, bold: true) + 10;
        pen.Text($"{indices.Count} of {Numbers.Count(images.Count)} images, {images.Shape}", after, Border + 12, Ink.Quiet, 11.5f, SKTextAlign.Left);
        foreach (var (place, index) in indices.Index())
        {
            var (x, y) = (Border + place % columns * (Place + Gap), Border + Header + place / columns * (Place + Caption + Gap));
            using var bitmap = PixelBitmap.Of(images.Image(index), images.Shape);
            DrawImage(canvas, bitmap, x, y);
            DrawCaption(pen, images.LabelNames[images.Labels[index]], index, x, y + Place + 14);
        }
    }

    /// <summary>Whole device pixels for every pixel of a small image; the drawn units are larger than those.</summary>
    private static void DrawImage(SKCanvas canvas, SKBitmap bitmap, int x, int y)
    {
        var side = Math.Max(bitmap.Width, bitmap.Height);
        var fit = (float)Place * Picture.Scale / side;
        var scale = (fit >= 1 ? MathF.Floor(fit) : fit) / Picture.Scale;
        var (width, height) = (bitmap.Width * scale, bitmap.Height * scale);
        var area = SKRect.Create(x, y + Place - height, width, height);
        using var image = SKImage.FromBitmap(bitmap);
        canvas.DrawImage(image, area, fit >= 1 ? new SKSamplingOptions(SKFilterMode.Nearest) : new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
    }

    private static void DrawCaption(Pen pen, string label, int index, int x, int baseline)
    {
        const float Size = 11.5f;
        var number = $"#{index}";
        var room = Place - Pen.Measure(number, 9) - 6;
        pen.Text(Pen.Fit(label, Size, room), x, baseline, Ink.Text, Size, SKTextAlign.Left);
        pen.Text(number, x + Place, baseline, Ink.Quiet, 9, SKTextAlign.Right);
    }
}
