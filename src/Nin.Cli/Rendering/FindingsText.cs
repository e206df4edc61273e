using Nin.Training;

namespace Nin.Cli.Rendering;

/// <summary>What the doctor found, as lines.</summary>
internal static class FindingsText
{
    /// <summary>A line a finding, and under it the remedy where there is one.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<Finding> findings)
    {
        var width = findings.Select(finding => finding.Subject.Length).DefaultIfEmpty().Max();
        foreach (var finding in findings)
        {
            yield return $"{Word(finding.State),-7}  {finding.Subject.PadRight(width)}  {finding.Text}";
            if (finding.Remedy is { } remedy) yield return $"{"",-7}  {"".PadRight(width)}  fix: {remedy}";
        }
    }

    private static string Word(FindingState state) => state switch
    {
        FindingState.Ok => "ok",
        FindingState.Warning => "warning",
        _ => "MISSING",
    };
}
