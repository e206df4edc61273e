using System.Globalization;
using System.Text;
using Nin.Evaluation;

namespace Nin.Reports;

/// <summary>How a model did on each class, as a table that spreadsheets read.</summary>
public static class PerClassCsv
{
    /// <summary>The names of the columns.</summary>
    public const string Header = "label,images,precision,recall,f1";

    /// <summary>A line a class, in the order of the class numbers; shares in 0..1, invariant culture, quoted as RFC 4180 says.</summary>
    public static string Write(EvaluationResult result)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var c in result.PerClass)
            text.Append(CultureInfo.InvariantCulture, $"{Quote(c.Label)},{c.Images},{c.Precision:0.######},{c.Recall:0.######},{c.F1:0.######}\n");
        return text.ToString();
    }

    private static string Quote(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"")}\"" : field;
}
