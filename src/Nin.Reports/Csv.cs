using System.Globalization;

namespace Nin.Reports;

/// <summary>Tables that spreadsheets read: invariant culture, quoted as RFC 4180 says; what is not known stays empty.</summary>
public static class Csv
{
    /// <summary>A line of names, then a line a row.</summary>
    public static string Write(IEnumerable<string> columns, IEnumerable<IEnumerable<object?>> rows) =>
        string.Concat(rows.Prepend(columns).Select(row => $"{string.Join(',', row.Select(Cell))}\n"));

    /// <summary>A number with up to six digits behind the point, or text.</summary>
    private static string Cell(object? value) => value switch
    {
        double number => number.ToString("0.######", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => Quote(value?.ToString() ?? ""),
    };

    private static string Quote(string field) => field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"")}\"" : field;
}
