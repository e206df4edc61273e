using System.Collections.Immutable;
using Nin.Explanations;
using Nin.Imaging;
using Nin.Reports.Drawing;
using SkiaSharp;

namespace Nin.Reports.Explanations;

/// <summary>
/// A picture tinted by the labels of its windows, with boxes around the largest parts of one label. The tint of a place is the label of the window around
/// it, fainter where it is less likely; half a window at the edges has none.
/// </summary>
public static class LabelMapSheet
{
    private const int Longest = 720, Border = 16, Header = 34, Line = 20, Swatch = 12, LegendWidth = 180;
    private const int MostBoxes = 10;
    private const byte Strongest = 215;

    /// <summary>What the labels beyond those with colours of their own share.</summary>
    private static readonly Ink _others = Ink.Runs[^1];

    /// <summary>A PNG.</summary>
    /// <param name="name">Of the picture.</param>
    /// <param name="picture">[C, H, W].</param>
    /// <param name="map">The labels of its windows.</param>
    /// <param name="boxes">Those of <see cref="LabelMap.Boxes"/>, largest first; the first ones are drawn.</param>
    /// <param name="geometry">Where cells lie on the picture.</param>
    /// <param name="labelNames">A name a class.</param>
    public static byte[] Png(string name, PixelImage picture, LabelMap map, ImmutableArray<LabelledBox> boxes, MapGeometry geometry, ImmutableArray<string> labelNames)
    {
        var scale = Longest / (float)Math.Max(picture.Shape.Width, picture.Shape.Height);
        var (width, height) = (picture.Shape.Width * scale, picture.Shape.Height * scale);
        var shares = map.Labels.ToArray().CountBy(label => label).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).ToArray();
        var inks = shares.Take(Ink.Runs.Length - 1).Index().ToDictionary(share => share.Item.Key, share => Ink.Runs[share.Index]);
        var drawn = boxes.Take(MostBoxes).ToArray();
        var legend = (inks.Count + (shares.Length > inks.Count ? 1 : 0)) * Line;
        return Drawing.Picture.Png((int)width + 3 * Border + LegendWidth, Math.Max((int)height, legend) + 2 * Border + Header, canvas =>
        {
            using var pen = new Pen(canvas);
            pen.Text($"{Path.GetFileName(name)}: {Counted.Of(boxes.Length, "part")}{(boxes.Length > drawn.Length ? $", the {drawn.Length} largest framed" : "")}", Border, Border + 12, Ink.Text, 14, SKTextAlign.Left, bold: true);
            using var bitmap = PixelBitmap.Of(picture.Pixels, picture.Shape);
            using var image = SKImage.FromBitmap(bitmap);
            canvas.DrawImage(image, SKRect.Create(Border, Border + Header, width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
            DrawTint(canvas);
            foreach (var box in drawn) DrawFrame(canvas, box);
            foreach (var box in drawn.Reverse()) DrawTag(pen, box);
            DrawLegend(pen);
        });

        Ink InkOf(int label) => inks.GetValueOrDefault(label, _others);

        SKRect Placed(PixelArea area)
        {
            area = area.On(picture.Shape);
            return SKRect.Create(Border + (float)area.X * scale, Border + Header + (float)area.Y * scale, (float)area.Width * scale, (float)area.Height * scale);
        }

        // A window's colour lies on the tile of a cell's size in its middle.
        void DrawTint(SKCanvas canvas)
        {
            var pixels = new SKColor[map.Labels.Length];
            for (var i = 0; i < pixels.Length; i++) pixels[i] = InkOf(map.Labels.Span[i]).Skia.WithAlpha((byte)(Strongest * map.Probabilities.Span[i]));
            using var bitmap = new SKBitmap(map.Width, map.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul) { Pixels = pixels };
            using var image = SKImage.FromBitmap(bitmap);
            var (first, next) = (geometry.Cell(0, 0), geometry.Cell(map.WindowHeight - 1, map.WindowWidth - 1));
            var tiles = new PixelArea((first.X + next.X) / 2, (first.Y + next.Y) / 2, map.Width * first.Width, map.Height * first.Height);
            canvas.DrawImage(image, Placed(tiles), new SKSamplingOptions(SKFilterMode.Nearest));
        }

        SKRect Place(LabelledBox box)
        {
            var (first, last) = (geometry.Cell(box.Row, box.Column), geometry.Cell(box.Row + box.Height - 1, box.Column + box.Width - 1));
            return Placed(new(first.X, first.Y, last.X + last.Width - first.X, last.Y + last.Height - first.Y));
        }

        void DrawFrame(SKCanvas canvas, LabelledBox box)
        {
            using var line = new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = 2, Color = InkOf(box.Label).Skia, IsAntialias = true };
            canvas.DrawRect(Place(box), line);
        }

        void DrawTag(Pen pen, LabelledBox box)
        {
            var (place, text) = (Place(box), $"{labelNames[box.Label]} {Numbers.Percent(box.Probability)}");
            pen.Fill(place.Left, place.Top, Pen.Measure(text, 11, bold: true) + 8, 16, InkOf(box.Label));
            pen.Text(text, place.Left + 4, place.Top + 12, Ink.Inverse, 11, SKTextAlign.Left, bold: true);
        }

        void DrawLegend(Pen pen)
        {
            var (x, y) = (2 * Border + width, Border + Header);
            foreach (var (label, windows) in shares.Take(inks.Count)) Row(InkOf(label), labelNames[label], windows);
            if (shares.Length > inks.Count) Row(_others, Counted.Of(shares.Length - inks.Count, "other label"), shares.Skip(inks.Count).Sum(share => share.Value));

            void Row(Ink ink, string text, int windows)
            {
                var share = Numbers.Percent(windows / (double)map.Labels.Length);
                pen.Fill(x, y, Swatch, Swatch, ink);
                pen.Text(Pen.Fit(text, 11.5f, LegendWidth - Swatch - 12 - Pen.Measure(share, 11.5f)), x + Swatch + 6, y + 10, Ink.Text, 11.5f, SKTextAlign.Left);
                pen.Text(share, x + LegendWidth, y + 10, Ink.Quiet, 11.5f, SKTextAlign.Right);
                y += Line;
            }
        }
    }
}
