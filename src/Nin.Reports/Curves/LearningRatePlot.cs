using Nin.Reports.Drawing;
using Nin.Runs;
using ScottPlot;
using ScottPlot.TickGenerators;
using static System.FormattableString;

namespace Nin.Reports.Curves;

/// <summary>Loss against learning rate, on a logarithmic axis, with the suggested rate.</summary>
public static class LearningRatePlot
{
    private const int Width = 640, Height = 400;
    private const float TextSize = 11.5f;

    /// <summary>A PNG of 1280 x 800 pixels.</summary>
    public static byte[] Png(LearningRateSearch search) => Picture.Png(Width, Height, canvas =>
    {
        using var plot = Build(search);
        plot.Render(canvas, new PixelRect(0, Width, Height, 0));
    });

    private static Plot Build(LearningRateSearch search)
    {
        Typefaces.Register();
        var plot = new Plot();
        plot.Font.Set(Typefaces.Family);
        plot.FigureBackground.Color = Ink.Surface.Plot;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Axes.Frame(false);
        plot.Grid.MajorLineColor = Ink.Rule.Plot;
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. Enumerable.Range(-5, 7).Select(power => (double)power)], [.. Enumerable.Range(-5, 7).Select(power => Invariant($"{Math.Pow(10, power):0.#####}"))]);
        foreach (IAxis axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.TickLabelStyle.FontSize = TextSize;
            axis.TickLabelStyle.ForeColor = Ink.Quiet.Plot;
            axis.MajorTickStyle.Length = 0;
            axis.MinorTickStyle.Length = 0;
        }
        Label(plot.Axes.Bottom, "learning rate");
        Label(plot.Axes.Left, "loss");
        plot.Title(search.Suggested is { } rate ? Invariant($"Loss against learning rate: try {rate:0.######}") : "Loss against learning rate: it never fell", 14);
        plot.Axes.Title.Label.ForeColor = Ink.Text.Plot;
        Draw(plot, search);
        return plot;
    }

    private static void Label(IAxis axis, string text)
    {
        axis.Label.Text = text;
        axis.Label.Bold = false;
        axis.Label.FontSize = TextSize;
        axis.Label.ForeColor = Ink.Quiet.Plot;
    }

    private static void Draw(Plot plot, LearningRateSearch search)
    {
        if (search.Points.IsEmpty) return;
        var rates = search.Points.Select(point => Math.Log10(point.LearningRate)).ToArray();
        var batches = plot.Add.Scatter(rates, [.. search.Points.Select(point => point.Loss)], Ink.Rule.Plot);
        (batches.LineWidth, batches.MarkerSize) = (1, 0);
        var smoothed = plot.Add.Scatter(rates, [.. search.Points.Select(point => point.Smoothed)], Ink.Train.Plot);
        (smoothed.LineWidth, smoothed.MarkerSize) = (2, 0);
        if (search.Suggested is { } suggested)
        {
            var line = plot.Add.VerticalLine(Math.Log10(suggested), 1.25f, Ink.Validation.Plot, LinePattern.Dashed);
            line.LabelText = "";
        }
        // A single batch may be far off; the course is what matters.
        var (low, high) = (search.Points.Min(point => point.Smoothed), search.Points.Max(point => point.Smoothed));
        var room = Math.Max(high - low, 0.05) * 0.15;
        plot.Axes.SetLimits(-5.1, 1.1, low - room, high + room);
    }
}
