using System.Collections.Immutable;
using Nin.Reports.Drawing;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Nin.Reports.Curves;

/// <summary>A picture of trends over epochs, each named where it ends.</summary>
internal sealed record TrendPanel
{
    public const int Width = 400, Height = 320;

    private const float TextSize = 11.5f, LabelGap = 15, Inset = 10;
    private static readonly PixelPadding Margins = new(left: 42, right: 10, bottom: 40, top: 44);

    public required string Title { get; init; }

    public required ImmutableArray<Trend> Trends { get; init; }

    /// <summary>A value in a label, such as 93.4 %.</summary>
    public required Func<double, string> Label { get; init; }

    /// <summary>A value on the axis.</summary>
    public required Func<double, string> Tick { get; init; }

    /// <summary>The least and the greatest value that make sense.</summary>
    public CoordinateRange Domain { get; init; } = new(0, double.PositiveInfinity);

    /// <summary>Shown with a ring and a thin line.</summary>
    public Coordinates? Best { get; init; }

    /// <summary>Said of <see cref="Best"/>; nothing where another panel says it.</summary>
    public string BestText { get; init; } = "";

    /// <summary>Drawn faintly along the bottom.</summary>
    public ImmutableArray<Coordinates> Rates { get; init; } = [];

    public Plot Build()
    {
        Typefaces.Register();
        var plot = new Plot();
        var frame = Frame();
        Style(plot, frame);
        DrawRates(plot, frame);
        DrawBest(plot, frame);
        foreach (var trend in Shown)
            Draw(plot, trend);
        DrawLabels(plot, frame);
        return plot;
    }

    private ImmutableArray<Trend> Shown => [.. Trends.Where(trend => trend.Points.Length > 0)];

    /// <summary>The axes: room for the labels on the right, for the best epoch's words above and for the learning rate below.</summary>
    private PanelFrame Frame()
    {
        using var font = new SkiaSharp.SKFont(Typefaces.SemiBold, TextSize);
        var labels = Shown.Select(trend => font.MeasureText(TextOf(trend))).DefaultIfEmpty(0).Max();
        return PanelFrame.Around(
            [.. Shown.SelectMany(trend => trend.Points)], Domain, Width - Margins.Left - Margins.Right, Height - Margins.Top - Margins.Bottom,
            new PixelPadding(left: Inset, right: labels + 2 * Inset, bottom: Rates.IsEmpty ? Inset : 46, top: Best is null || BestText == "" ? Inset : 26));
    }

    private void Style(Plot plot, PanelFrame frame)
    {
        plot.Font.Set(Typefaces.Family);
        plot.FigureBackground.Color = Ink.Surface.Plot;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Layout.Fixed(Margins);
        plot.Axes.SetLimits(frame.Limits);
        plot.Axes.Frame(false);
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Grid.YAxisStyle.MajorLineStyle = new() { Color = Ink.Rule.Plot, Width = 1 };
        foreach (IAxis axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.TickLabelStyle.FontSize = TextSize;
            axis.TickLabelStyle.ForeColor = Ink.Quiet.Plot;
            axis.MajorTickStyle.Length = 0;
        }
        plot.Axes.Bottom.TickGenerator = Manual(frame.EpochTicks, epoch => $"{epoch:0}");
        plot.Axes.Left.TickGenerator = Manual(frame.ValueTicks, Tick);
        AddText(plot, Title, new(frame.Limits.Left, frame.Limits.Top), Alignment.LowerLeft, Ink.Text, bold: true, offsetX: -30, offsetY: -14, size: 14);
        AddText(plot, "epoch", new((frame.FirstEpoch + frame.LastEpoch) / 2, frame.Limits.Bottom), Alignment.UpperCenter, Ink.Quiet, offsetY: 20);
    }

    private static NumericManual Manual(double[] places, Func<double, string> text) => new(places, [.. places.Select(text)]);

    private void DrawRates(Plot plot, PanelFrame frame)
    {
        if (Rates.IsEmpty)
            return;
        var top = Rates.Max(rate => rate.Y);
        var (bottom, height) = (frame.Limits.Bottom, 34 * frame.ValuePerPixel);
        var corner = new Coordinates(Rates[^1].X, bottom);
        var outline = Rates.Select(rate => new Coordinates(rate.X, bottom + (top > 0 ? rate.Y / top : 0) * height));
        var area = plot.Add.Polygon([new(Rates[0].X, bottom), .. outline, corner]);
        area.FillColor = Ink.Faint.Plot;
        area.LineWidth = 0;
        AddText(plot, "learning rate", corner, Alignment.LowerLeft, Ink.Quiet, offsetX: 8, offsetY: -13, size: 10);
        AddText(plot, "as epochs end", corner, Alignment.LowerLeft, Ink.Quiet, offsetX: 8, offsetY: -1, size: 10);
    }

    private void DrawBest(Plot plot, PanelFrame frame)
    {
        if (Best is not { } best)
            return;
        plot.Add.Marker(best, MarkerShape.OpenCircle, 9, Ink.Quiet.Plot).MarkerLineWidth = 1.25f;
        if (BestText == "")
            return;
        plot.Add.Line(best, new(best.X, frame.Limits.Top - 18 * frame.ValuePerPixel)).LineStyle = new() { Color = Ink.Quiet.Plot, Width = 0.75f };
        var leftHalf = best.X < (frame.FirstEpoch + frame.LastEpoch) / 2;
        var (alignment, offset) = leftHalf ? (Alignment.UpperLeft, -4) : (Alignment.UpperRight, 4);
        AddText(plot, BestText, new(best.X, frame.Limits.Top), alignment, Ink.Quiet, offsetX: offset, offsetY: 1, size: 10.5f);
    }

    private static void Draw(Plot plot, Trend trend)
    {
        var line = plot.Add.Scatter(trend.Points.ToArray(), trend.Ink.Plot);
        line.LineWidth = 1.75f;
        line.MarkerShape = trend.Marker;
        line.MarkerSize = trend.Points.Length switch { 1 => 8, <= 40 => 4.5f, _ => 0 };
    }

    private void DrawLabels(Plot plot, PanelFrame frame)
    {
        var gap = LabelGap * frame.ValuePerPixel;
        var lowest = frame.Limits.Bottom + (Rates.IsEmpty ? gap / 2 : 3 * gap);
        var places = EndLabels.Spread([.. Shown.Select(trend => trend.Last.Y)], gap, lowest, frame.Limits.Top - gap / 2);
        foreach (var (trend, place) in Shown.Zip(places))
            AddText(plot, TextOf(trend), new(frame.LastEpoch, place), Alignment.MiddleLeft, trend.Ink, bold: true, offsetX: Inset);
    }

    private string TextOf(Trend trend) => $"{trend.Name} {Label(trend.Last.Y)}".TrimStart();

    private static void AddText(
        Plot plot, string words, Coordinates place, Alignment alignment, Ink ink, bool bold = false, float offsetX = 0, float offsetY = 0, float size = TextSize)
    {
        var text = new UnclippedText { Location = place, Alignment = alignment, OffsetX = offsetX, OffsetY = offsetY };
        text.LabelStyle.Text = Printable.Text(words);
        text.LabelStyle.Font = Typefaces.For(words, bold);
        text.LabelStyle.FontName = Typefaces.Family;
        text.LabelStyle.Bold = bold;
        text.LabelStyle.FontSize = size;
        text.LabelStyle.ForeColor = ink.Plot;
        text.LabelStyle.BackgroundColor = Ink.Surface.Plot;
        plot.Add.Plottable(text);
    }
}
