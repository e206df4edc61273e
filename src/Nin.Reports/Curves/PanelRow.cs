using Nin.Reports.Drawing;
using ScottPlot;
using ScottPlot.MultiplotLayouts;

namespace Nin.Reports.Curves;

/// <summary>Panels side by side.</summary>
internal sealed class PanelRow(params TrendPanel[] panels)
{
    private int Width => TrendPanel.Width * panels.Length;

    public byte[] Png() => Picture.Png(Width, TrendPanel.Height, Draw);

    public string Svg(string title, string description) => Picture.Svg(Width, TrendPanel.Height, title, description, Draw);

    private void Draw(SkiaSharp.SKCanvas canvas)
    {
        var row = new Multiplot { Layout = new Columns() };
        row.Subplots.RemoveAt(0);
        foreach (var panel in panels)
            row.AddPlot(panel.Build());
        row.Render(canvas, new PixelRect(0, Width, TrendPanel.Height, 0));
    }
}
