using Nin.Reports.Drawing;
using ScottPlot;
using SkiaSharp;

namespace Nin.Reports.Curves;

/// <summary>Panels side by side.</summary>
internal sealed class PanelRow(params TrendPanel[] panels)
{
    private const int NoteHeight = 20, Margin = 14;

    /// <param name="note">Words below the panels.</param>
    public byte[] Png(string note = "")
    {
        var width = TrendPanel.Width * panels.Length;
        var below = new Note(note, width - 2 * Margin);
        return Picture.Png(width, TrendPanel.Height + (note == "" ? 0 : NoteHeight + below.MoreHeight), canvas =>
        {
            foreach (var (place, panel) in panels.Index())
                Draw(panel, canvas, TrendPanel.Width * place);
            using var pen = new Pen(canvas);
            below.Draw(pen, Margin, TrendPanel.Height + NoteHeight / 2);
        });
    }

    /// <summary>An SVG a panel, one after the other.</summary>
    public string Svg(string description) => string.Join("\n", panels.Select(panel =>
        Picture.Svg(TrendPanel.Width, TrendPanel.Height, $"{panel.Title} over epochs", description, canvas => Draw(panel, canvas, left: 0))));

    private static void Draw(TrendPanel panel, SKCanvas canvas, int left)
    {
        using var plot = panel.Build();
        // A plot's first rendering draws twice, the second time over the first, which an SVG keeps.
        plot.RenderInMemory(TrendPanel.Width, TrendPanel.Height);
        // Rendering clears the canvas; a clip keeps that to the panel.
        canvas.Save();
        canvas.ClipRect(SKRect.Create(left, 0, TrendPanel.Width, TrendPanel.Height));
        plot.Render(canvas, new PixelRect(left, left + TrendPanel.Width, TrendPanel.Height, 0));
        canvas.Restore();
    }
}
