using Nin.Evaluation;
using Nin.Reports.Drawing;
using SkiaSharp;

namespace Nin.Reports.Confusion;

/// <summary>
/// What is taken for what: a row a true class, a column a predicted one. Shades are shares of the row; mistakes have a hue of their own and
/// a steep scale, so that one in a hundred can be seen beside the diagonal.
/// </summary>
public static class ConfusionMatrixPlot
{
    /// <summary>A PNG whose size depends on the number of classes and the length of their names.</summary>
    public static byte[] Png(EvaluationResult result)
    {
        var layout = MatrixLayout.For(result);
        return Picture.Png(layout.Width, layout.Height, canvas => Draw(canvas, result, layout));
    }

    /// <summary>An SVG element for the page, coloured by its CSS variables.</summary>
    public static string Svg(EvaluationResult result)
    {
        var layout = MatrixLayout.For(result);
        return Picture.Svg(layout.Width, layout.Height, "Confusion matrix", Describe(result), canvas => Draw(canvas, result, layout));
    }

    /// <summary>The picture in words.</summary>
    public static string Describe(EvaluationResult result)
    {
        var most = Mistakes.MostFrequent(result, 3);
        return most.IsEmpty ? "No image was taken for another class" : $"Most often {string.Join("; ", most)}";
    }

    private static void Draw(SKCanvas canvas, EvaluationResult result, MatrixLayout layout)
    {
        using var pen = new Pen(canvas);
        pen.Text("True class", layout.Left - 6, layout.Top - 8, Ink.Quiet, layout.LabelSize, SKTextAlign.Right);
        pen.Text("Predicted class", layout.Left, layout.Height - 10, Ink.Quiet, layout.LabelSize, SKTextAlign.Left);
        DrawLabels(pen, result, layout);
        for (var row = 0; row < layout.Classes; row++)
            DrawRow(pen, result.Confusion[row], row, layout);
        pen.Frame(layout.Left, layout.Top, layout.Side, layout.Side, Ink.Rule);
    }

    private static void DrawLabels(Pen pen, EvaluationResult result, MatrixLayout layout)
    {
        for (var i = 0; i < layout.Classes; i += layout.LabelStep)
        {
            var label = layout.Labels[i];
            var middle = (i + 0.5f) * layout.Cell;
            pen.Text(label, layout.Left - 6, layout.Top + middle + layout.LabelSize * 0.36f, Ink.Text, layout.LabelSize, SKTextAlign.Right);
            if (layout.NamesLieFlat)
                pen.Text(label, layout.Left + middle, layout.Top + layout.Side + layout.LabelSize + 5, Ink.Text, layout.LabelSize, SKTextAlign.Center);
            else
                pen.TextUpwards(label, layout.Left + middle + layout.LabelSize * 0.36f, layout.Top + layout.Side + 6, Ink.Text, layout.LabelSize);
        }
    }

    private static void DrawRow(Pen pen, IReadOnlyList<int> counts, int row, MatrixLayout layout)
    {
        var images = Math.Max(1, counts.Sum());
        var gap = layout.Cell >= 12 ? 1 : 0;
        for (var column = 0; column < counts.Count; column++)
        {
            if (counts[column] == 0)
                continue;
            var (x, y) = (layout.Left + column * layout.Cell, layout.Top + row * layout.Cell);
            var shade = Shade((double)counts[column] / images, column == row);
            pen.Fill(x, y, layout.Cell - gap, layout.Cell - gap, column == row ? Ink.Train : Ink.Validation, shade);
            if (layout.CountSize > 0)
                DrawCount(pen, counts[column], x + layout.Cell / 2, y + layout.Cell / 2, shade > 0.55 ? Ink.Inverse : Ink.Text, layout.CountSize);
        }
    }

    private static void DrawCount(Pen pen, int count, float x, float middle, Ink ink, float size) =>
        pen.Text($"{count}", x, middle + size * 0.36f, ink, size, SKTextAlign.Center);

    /// <summary>Opacity of a cell. A mistake made with 1 % of a class is at 0.22, with 10 % at 0.48.</summary>
    private static double Shade(double share, bool right) => right ? 0.15 + 0.85 * share : 0.04 + 0.96 * Math.Pow(share, 0.36);
}
