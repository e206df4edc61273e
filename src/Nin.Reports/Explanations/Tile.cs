using Nin.Explanations;
using Nin.Reports.Drawing;
using SkiaSharp;

namespace Nin.Reports.Explanations;

/// <summary>A picture in a square place, with a map of evidence over it.</summary>
/// <param name="canvas">To draw on.</param>
/// <param name="x">Left edge of the place, in drawn units.</param>
/// <param name="y">Top edge.</param>
/// <param name="side">Of the place.</param>
/// <param name="explanation">What is shown.</param>
internal sealed class Tile(SKCanvas canvas, float x, float y, float side, Explanation explanation)
{
    private const byte Strongest = 215;

    private readonly float _scale = side / Math.Max(explanation.Picture.Shape.Width, explanation.Picture.Shape.Height);

    private SKRect Place => SKRect.Create(x, y, explanation.Picture.Shape.Width * _scale, explanation.Picture.Shape.Height * _scale);

    /// <summary>The picture; small ones show their pixels.</summary>
    public Tile Picture()
    {
        using var bitmap = PixelBitmap.Of(explanation.Picture.Pixels, explanation.Picture.Shape);
        using var image = SKImage.FromBitmap(bitmap);
        canvas.DrawImage(image, Place, _scale >= 2 ? new SKSamplingOptions(SKFilterMode.Nearest) : new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return this;
    }

    /// <summary>A map over it: what speaks for in orange, what speaks against in blue, as strong as it is beside the largest value.</summary>
    /// <param name="cells">[h, w].</param>
    /// <param name="largest">The value that is drawn strongest.</param>
    public Tile Map(ReadOnlySpan<float> cells, float largest)
    {
        var (height, width) = (explanation.Maps.Height, explanation.Maps.Width);
        var pixels = new SKColor[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            var share = largest > 0 ? Math.Clamp(cells[i] / largest, -1, 1) : 0;
            pixels[i] = (share >= 0 ? Ink.Validation : Ink.Train).Skia.WithAlpha((byte)(Strongest * Math.Abs(share)));
        }
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul) { Pixels = pixels };
        using var image = SKImage.FromBitmap(bitmap);
        var (first, last) = (explanation.Geometry.Cell(0, 0), explanation.Geometry.Cell(height - 1, width - 1));
        canvas.Save();
        canvas.ClipRect(Place);
        canvas.DrawImage(image, Scaled(new(first.X, first.Y, last.X + last.Width - first.X, last.Y + last.Height - first.Y)), new SKSamplingOptions(SKFilterMode.Linear));
        canvas.Restore();
        return this;
    }

    /// <summary>A frame around a part of the picture.</summary>
    public Tile Frame(PixelArea area)
    {
        using var outer = new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = 3, Color = Ink.Text.Skia, IsAntialias = true };
        using var inner = new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = 1.2f, Color = Ink.Inverse.Skia, IsAntialias = true };
        var rectangle = Scaled(area);
        rectangle.Inflate(-1.5f, -1.5f);
        canvas.DrawRect(rectangle, outer);
        canvas.DrawRect(rectangle, inner);
        return this;
    }

    private SKRect Scaled(PixelArea area) =>
        SKRect.Create(x + (float)area.X * _scale, y + (float)area.Y * _scale, (float)area.Width * _scale, (float)area.Height * _scale);
}
