using ScottPlot;

namespace Nin.Reports.Curves;

/// <summary>Text at a place of the plot that may stand outside the axes, where ScottPlot's own text is cut off.</summary>
internal sealed class UnclippedText : LabelStyleProperties, IPlottable
{
    public required Coordinates Location { get; init; }

    public required Alignment Alignment { get; init; }

    public float OffsetX { get; init; }

    public float OffsetY { get; init; }

    public override LabelStyle LabelStyle { get; set; } = new();

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack pack)
    {
        pack.CanvasState.DisableClipping();
        LabelStyle.Alignment = Alignment;
        LabelStyle.Render(pack.Canvas, Axes.GetPixel(Location).WithOffset(OffsetX, OffsetY), pack.Paint);
    }
}
