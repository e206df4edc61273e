using Nin.Explanations;
using Nin.Reports.Drawing;
using SkiaSharp;
using static System.FormattableString;

namespace Nin.Reports.Explanations;

/// <summary>A row a picture: itself, the maps of its likeliest classes, and the account of the winner's lead with what its strongest cell sees.</summary>
public static class ClassMapSheet
{
    private const int Side = 132, Gap = 14, Border = 16, Captions = 36, Header = 34;

    /// <summary>A PNG.</summary>
    /// <param name="title">Above the rows.</param>
    /// <param name="explanations">At least one, of one model.</param>
    /// <param name="classes">Maps in a row.</param>
    public static byte[] Png(string title, IReadOnlyList<Explanation> explanations, int classes = 3)
    {
        ArgumentOutOfRangeException.ThrowIfZero(explanations.Count);
        var maps = Math.Min(classes, explanations[0].LabelNames.Length);
        var (width, height) = (2 * Border - Gap + (maps + 2) * (Side + Gap), Border + Header + explanations.Count * (Side + Captions + Gap));
        return Drawing.Picture.Png(width, height, canvas =>
        {
            using var pen = new Pen(canvas);
            pen.Text(title, Border, Border + 12, Ink.Text, 14, SKTextAlign.Left, bold: true);
            foreach (var (row, explanation) in explanations.Index()) DrawRow(canvas, pen, explanation, maps, Border + Header + row * (Side + Captions + Gap));
        });
    }

    private static void DrawRow(SKCanvas canvas, Pen pen, Explanation explanation, int maps, int y)
    {
        var ranking = explanation.Ranking;
        Place(0).Picture();
        Caption(0, explanation.Truth is { } truth ? explanation.LabelNames[truth] : Path.GetFileName(explanation.Name), explanation.Truth is null ? "" : explanation.Name);

        var shown = ranking.Take(maps).ToArray();
        var largest = shown.Max(label => Largest(explanation.Maps[label]));
        foreach (var (place, label) in shown.Index())
        {
            Place(place + 1).Picture().Map(explanation.Maps[label], largest);
            Caption(place + 1, explanation.LabelNames[label], Numbers.Percent(explanation.Probabilities.Span[label]));
        }

        var ledger = explanation.Ledger;
        float[] cells = [.. ledger.Cells.ToArray().Select(cell => (float)cell)];
        Place(maps + 1).Picture().Map(cells, Largest(cells)).Frame(explanation.StrongestField);
        Caption(maps + 1, $"over {explanation.LabelNames[ledger.RunnerUp]}", Invariant($"by {ledger.Margin:0.00}, frame {ledger.Cells.Span[ledger.Strongest.Row * ledger.Width + ledger.Strongest.Column]:0.00}"));

        Tile Place(int column) => new(canvas, Border + column * (Side + Gap), y, Side, explanation);

        void Caption(int column, string first, string second)
        {
            var x = Border + column * (Side + Gap);
            pen.Text(Pen.Fit(first, 11.5f, Side), x, y + Side + 14, Ink.Text, 11.5f, SKTextAlign.Left);
            pen.Text(Pen.Fit(second, 10, Side), x, y + Side + 28, Ink.Quiet, 10, SKTextAlign.Left);
        }
    }

    private static float Largest(ReadOnlySpan<float> cells)
    {
        var largest = 0f;
        foreach (var cell in cells) largest = Math.Max(largest, Math.Abs(cell));
        return largest;
    }
}
