using Nin.Architectures;
using Nin.Reports.Drawing;
using SkiaSharp;

namespace Nin.Reports.Explanations;

/// <summary>The windows of a network's first convolution as pictures.</summary>
public static class FilterSheet
{
    private const int Side = 48, Gap = 6, Border = 16, Header = 34, Columns = 12;

    /// <summary>A PNG; middle grey is zero, and all windows share one scale.</summary>
    /// <param name="title">Above them.</param>
    /// <param name="weights">[Count, C, k, k].</param>
    /// <param name="window">[C, k, k]: colours where C is 3, else its first channel in grey.</param>
    public static byte[] Png(string title, ReadOnlyMemory<float> weights, Shape window)
    {
        var elements = (int)window.Elements;
        var count = weights.Length / elements;
        var largest = weights.ToArray().Max(Math.Abs);
        var columns = Math.Min(count, Columns);
        return Drawing.Picture.Png(Math.Max(360, 2 * Border - Gap + columns * (Side + Gap)), 2 * Border + Header - Gap + (count + columns - 1) / columns * (Side + Gap), canvas =>
        {
            using var pen = new Pen(canvas);
            pen.Text(title, Border, Border + 12, Ink.Text, 14, SKTextAlign.Left, bold: true);
            for (var i = 0; i < count; i++)
            {
                var bytes = weights.Slice(i * elements, elements).ToArray().Select(weight => (byte)(127.5 + 127.5 * (largest > 0 ? weight / largest : 0))).ToArray();
                using var bitmap = PixelBitmap.Of(bytes, window.Channels == 3 ? window : window with { Channels = 1 });
                using var image = SKImage.FromBitmap(bitmap);
                canvas.DrawImage(image, SKRect.Create(Border + i % columns * (Side + Gap), Border + Header + i / columns * (Side + Gap), Side, Side), new SKSamplingOptions(SKFilterMode.Nearest));
            }
        });
    }
}
