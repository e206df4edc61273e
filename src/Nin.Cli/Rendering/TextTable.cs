namespace Nin.Cli.Rendering;

/// <summary>Columns of text: words to the left, numbers to the right.</summary>
internal static class TextTable
{
    /// <summary>The header and the rows, each column as wide as its widest cell.</summary>
    /// <param name="headers">A header a column; one that begins with <c>&gt;</c> aligns its column to the right.</param>
    /// <param name="rows">As many cells each as there are headers.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        var right = headers.Select(header => header.StartsWith('>')).ToArray();
        IReadOnlyList<string>[] all = [[.. headers.Select(header => header.TrimStart('>'))], .. rows];
        var widths = headers.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        return all.Select(row => string.Join("  ", row.Select((cell, column) => right[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }

    /// <summary>Names and values, the values in one column.</summary>
    public static IEnumerable<string> Pairs(IEnumerable<(string Name, string Value)> pairs, string indent = "")
    {
        var all = pairs.ToArray();
        var width = all.Select(pair => pair.Name.Length).DefaultIfEmpty().Max();
        return all.Select(pair => $"{indent}{pair.Name.PadRight(width)}  {pair.Value}".TrimEnd());
    }
}
