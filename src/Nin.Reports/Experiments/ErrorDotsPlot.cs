using Nin.Reports.Curves;
using Nin.Reports.Drawing;
using SkiaSharp;
using static System.FormattableString;

namespace Nin.Reports.Experiments;

/// <summary>Test errors side by side: what was published as a ring, ours as a dot with its 95 % interval.</summary>
public static class ErrorDotsPlot
{
    private const int Width = 800, RowHeight = 30, Top = 56, Bottom = 52, Left = 16;
    private const float WordsWidth = 190;

    /// <summary>A PNG of 1600 pixels across.</summary>
    /// <param name="rows">From the top.</param>
    /// <param name="note">The scale, below the picture.</param>
    public static byte[] Png(IReadOnlyList<ErrorRow> rows, string note) => Picture.Png(Width, Height(rows, Below(note)), canvas => Draw(canvas, rows, Below(note)));

    /// <summary>The same for a page.</summary>
    /// <inheritdoc cref="Png" path="/param" />
    public static string Svg(IReadOnlyList<ErrorRow> rows, string note) =>
        Picture.Svg(Width, Height(rows, Below(note)), "Test errors", string.Join("; ", rows.Select(row => $"{row.Label}: {Words(row)}")), canvas => Draw(canvas, rows, Below(note)));

    private static Note Below(string note) => new(note, Width - 2 * Left);

    private static int Height(IReadOnlyList<ErrorRow> rows, Note note) => Top + rows.Count * RowHeight + Bottom + note.MoreHeight;

    private static void Draw(SKCanvas canvas, IReadOnlyList<ErrorRow> rows, Note note)
    {
        using var pen = new Pen(canvas);
        pen.Text("Test error, %", Left, 24, Ink.Text, 14, SKTextAlign.Left, bold: true);
        var start = Left + 14 + rows.Max(row => Pen.Measure(row.Label, 12));
        var (end, bottom) = (Width - WordsWidth, Top + rows.Count * RowHeight);
        var most = Math.Max(0.01, rows.Max(row => Math.Max(row.Published ?? 0, row.High ?? row.Ours ?? 0)));
        float X(double error) => (float)(start + (end - start) * error / most);
        foreach (var tick in Ticks.Between(0, most, 5))
        {
            pen.Fill(X(tick), Top - 6, 1, bottom - Top + 6, Ink.Rule);
            pen.Text(Invariant($"{100 * tick:0.##}"), X(tick), bottom + 14, Ink.Quiet, 11, SKTextAlign.Center);
        }
        foreach (var (i, row) in rows.Index())
        {
            var y = Top + i * RowHeight + RowHeight / 2f;
            pen.Text(row.Label, Left, y + 4, Ink.Text, 12, SKTextAlign.Left);
            if (row is { Low: { } low, High: { } high }) pen.Fill(X(low), y - 1.25f, X(high) - X(low), 2.5f, Ink.Train);
            if (row.Published is { } published) pen.Ring(X(published), y, 5, Ink.Validation);
            if (row.Ours is { } ours) pen.Dot(X(ours), y, 5, Ink.Train);
            pen.Text(Words(row), end + 14, y + 4, Ink.Quiet, 11.5f, SKTextAlign.Left);
        }
        pen.Ring(Left + 120, 20, 4.5f, Ink.Validation);
        pen.Text("published", Left + 130, 24, Ink.Quiet, 11.5f, SKTextAlign.Left);
        pen.Dot(Left + 205, 20, 4.5f, Ink.Train);
        pen.Text("ours, with its 95 % interval", Left + 215, 24, Ink.Quiet, 11.5f, SKTextAlign.Left);
        note.Draw(pen, Left, bottom + 38);
    }

    private static string Words(ErrorRow row) => string.Join(", ", new[]
    {
        row.Ours is { } ours ? Invariant($"ours {100 * ours:0.00}") : null,
        row.Published is { } published ? Invariant($"published {100 * published:0.00}") : null,
    }.OfType<string>());
}
