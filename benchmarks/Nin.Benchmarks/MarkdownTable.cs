namespace Nin.Benchmarks;

/// <summary>A Markdown table that reads well as plain text too.</summary>
internal static class MarkdownTable
{
    /// <summary>Header, rule and rows; the first column aligned to the left, the others to the right.</summary>
    /// <param name="headers">One a column.</param>
    /// <param name="rows">As many cells each as there are headers.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] all = [headers, .. rows];
        var widths = headers.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        string[] lines = [.. all.Select(row => Line(row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))))];
        return [lines[0], Line(widths.Select((width, column) => column == 0 ? new string('-', width) : $"{new string('-', width - 1)}:")), .. lines[1..]];
    }

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
