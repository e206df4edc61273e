using System.Collections.Immutable;
using Nin.Explanations;
using Nin.Imaging;
using Nin.Reports.Drawing;
using SkiaSharp;

namespace Nin.Reports.Explanations;

/// <summary>A picture with boxes around the parts of it that got one label.</summary>
public static class LabelMapSheet
{
    private const int Longest = 720, Border = 16, Header = 34;

    /// <summary>A PNG.</summary>
    /// <param name="name">Of the picture.</param>
    /// <param name="picture">[C, H, W].</param>
    /// <param name="boxes">Drawn in this order; the first ones get the first colours.</param>
    /// <param name="geometry">Where cells lie on the picture.</param>
    /// <param name="labelNames">A name a class.</param>
    public static byte[] Png(string name, PixelImage picture, ImmutableArray<LabelledBox> boxes, MapGeometry geometry, ImmutableArray<string> labelNames)
    {
        var scale = Longest / (float)Math.Max(picture.Shape.Width, picture.Shape.Height);
        var (width, height) = (picture.Shape.Width * scale, picture.Shape.Height * scale);
        return Drawing.Picture.Png((int)width + 2 * Border, (int)height + 2 * Border + Header, canvas =>
        {
            using var pen = new Pen(canvas);
            pen.Text($"{Path.GetFileName(name)}: {Counted.Of(boxes.Length, "part")}", Border, Border + 12, Ink.Text, 14, SKTextAlign.Left, bold: true);
            using var bitmap = PixelBitmap.Of(picture.Pixels, picture.Shape);
            using var image = SKImage.FromBitmap(bitmap);
            canvas.DrawImage(image, SKRect.Create(Border, Border + Header, width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
            foreach (var box in boxes) DrawBox(canvas, pen, box);
        });

        void DrawBox(SKCanvas canvas, Pen pen, LabelledBox box)
        {
            var (first, last) = (geometry.Cell(box.Row, box.Column), geometry.Cell(box.Row + box.Height - 1, box.Column + box.Width - 1));
            var area = new PixelArea(first.X, first.Y, last.X + last.Width - first.X, last.Y + last.Height - first.Y).On(picture.Shape);
            var ink = Ink.Runs[box.Label % Ink.Runs.Length];
            using var line = new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = 2, Color = ink.Skia, IsAntialias = true };
            var (x, y) = (Border + (float)area.X * scale, Border + Header + (float)area.Y * scale);
            canvas.DrawRect(SKRect.Create(x, y, (float)area.Width * scale, (float)area.Height * scale), line);
            var text = $"{labelNames[box.Label]} {Numbers.Percent(box.Probability)}";
            pen.Fill(x, y, Pen.Measure(text, 11, bold: true) + 8, 16, ink);
            pen.Text(text, x + 4, y + 12, Ink.Inverse, 11, SKTextAlign.Left, bold: true);
        }
    }
}
