using Nin.Evaluation;

namespace Nin.Reports;

/// <summary>How a model did on each class, as a table that spreadsheets read.</summary>
public static class PerClassCsv
{
    private static readonly string[] _columns = ["label", "images", "precision", "recall", "f1"];

    /// <summary>A line a class, in the order of the class numbers; shares in 0..1.</summary>
    public static string Write(EvaluationResult result) =>
        Csv.Write(_columns, result.PerClass.Select(c => new object[] { c.Label, c.Images, c.Precision, c.Recall, c.F1 }));
}
