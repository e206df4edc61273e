using Nin.Reports.Drawing;
using SkiaSharp;

namespace Nin.Reports.Experiments;

/// <summary>Counts as bars, each with its number, on one scale.</summary>
public static class CountBarsPlot
{
    private const int Width = 800, RowHeight = 30, Top = 44, Bottom = 40, Left = 16;
    private const float WordsWidth = 250;

    /// <summary>A PNG of 1600 pixels across.</summary>
    /// <param name="title">What is counted.</param>
    /// <param name="rows">From the top.</param>
    /// <param name="note">Below the picture.</param>
    public static byte[] Png(string title, IReadOnlyList<CountRow> rows, string note) => Picture.Png(Width, Height(rows), canvas => Draw(canvas, title, rows, note));

    /// <summary>The same for a page.</summary>
    /// <inheritdoc cref="Png" path="/param" />
    public static string Svg(string title, IReadOnlyList<CountRow> rows, string note) =>
        Picture.Svg(Width, Height(rows), title, string.Join("; ", rows.Select(row => $"{row.Label}: {row.Words}")), canvas => Draw(canvas, title, rows, note));

    private static int Height(IReadOnlyList<CountRow> rows) => Top + rows.Count * RowHeight + Bottom;

    private static void Draw(SKCanvas canvas, string title, IReadOnlyList<CountRow> rows, string note)
    {
        using var pen = new Pen(canvas);
        pen.Text(title, Left, 24, Ink.Text, 14, SKTextAlign.Left, bold: true);
        var start = Left + 14 + rows.Max(row => Pen.Measure(row.Label, 12));
        var scale = (Width - WordsWidth - start) / rows.Max(row => (float)row.Count);
        foreach (var (i, row) in rows.Index())
        {
            var y = Top + i * RowHeight;
            var length = Math.Max(1, row.Count * scale);
            pen.Text(row.Label, Left, y + 19, Ink.Text, 12, SKTextAlign.Left);
            pen.Fill(start, y + 6, length, RowHeight - 12, row.IsOurs ? Ink.Train : Ink.Validation);
            pen.Text(row.Words, start + length + 8, y + 19, Ink.Quiet, 11.5f, SKTextAlign.Left);
        }
        pen.Text(note, Left, Top + rows.Count * RowHeight + 24, Ink.Quiet, 11, SKTextAlign.Left);
    }
}

/// <summary>A bar.</summary>
/// <param name="Label">What has the count.</param>
/// <param name="Count">At least 0.</param>
/// <param name="Words">The count as it is written beside the bar.</param>
/// <param name="IsOurs">A Network in Network, or what it is compared with.</param>
public sealed record CountRow(string Label, long Count, string Words, bool IsOurs);
