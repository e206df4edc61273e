using SkiaSharp;

namespace Nin.Reports.Drawing;

/// <summary>Draws text and boxes in the inks of the reports.</summary>
internal sealed class Pen(SKCanvas canvas) : IDisposable
{
    private readonly SKPaint paint = new() { IsAntialias = true };

    public void Text(string text, float x, float baseline, Ink ink, float size, SKTextAlign align, bool bold = false)
    {
        text = Printable.Text(text);
        using var font = Font(text, size, bold);
        paint.Color = ink.Skia;
        canvas.DrawText(text, x, baseline, align, font, paint);
    }

    /// <summary>Text that reads from below and ends at (x, top).</summary>
    public void TextUpwards(string text, float x, float top, Ink ink, float size)
    {
        canvas.Save();
        canvas.Translate(x, top);
        canvas.RotateDegrees(-90);
        Text(text, 0, 0, ink, size, SKTextAlign.Right);
        canvas.Restore();
    }

    public void Fill(float x, float y, float width, float height, Ink ink, double opacity = 1)
    {
        paint.Color = ink.Skia.WithAlpha((byte)Math.Round(255 * opacity));
        canvas.DrawRect(x, y, width, height, paint);
    }

    public void Frame(float x, float y, float width, float height, Ink ink)
    {
        using var line = new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = 1, Color = ink.Skia, IsAntialias = true };
        canvas.DrawRect(x - 0.5f, y - 0.5f, width + 1, height + 1, line);
    }

    public void Dot(float x, float y, float radius, Ink ink)
    {
        paint.Color = ink.Skia;
        canvas.DrawCircle(x, y, radius, paint);
    }

    public void Ring(float x, float y, float radius, Ink ink)
    {
        using var line = new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = 1.75f, Color = ink.Skia, IsAntialias = true };
        canvas.DrawCircle(x, y, radius, line);
    }

    /// <summary>The width of a text.</summary>
    public static float Measure(string text, float size, bool bold = false)
    {
        using var font = Font(text, size, bold);
        return font.MeasureText(text);
    }

    /// <summary>The text, or its beginning and an ellipsis.</summary>
    public static string Cut(string text, int longest) => text.Length <= longest ? text : $"{text[..(longest - 1)].TrimEnd()}…";

    /// <summary>The text, or its two ends: names of runs differ in their last letters.</summary>
    public static string CutMiddle(string text, int longest) =>
        text.Length <= longest ? text : $"{text[..(longest / 2)]}…{text[^(longest - longest / 2 - 1)..]}";

    /// <summary>The text, or as much of its beginning as fits with an ellipsis.</summary>
    public static string Fit(string text, float size, float room)
    {
        var fitting = text;
        for (var length = text.Length; length > 1 && Measure(fitting, size) > room; length--)
            fitting = Cut(text, length - 1);
        return fitting;
    }

    public void Dispose() => paint.Dispose();

    private static SKFont Font(string text, float size, bool bold) => new(Typefaces.For(text, bold), size) { Subpixel = true, Edging = SKFontEdging.Antialias };
}
