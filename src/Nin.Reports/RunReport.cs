using Nin.Files;
using Nin.Reports.Confusion;
using Nin.Reports.Curves;
using Nin.Reports.Page;
using Nin.Runs;

namespace Nin.Reports;

/// <summary>Leaves the pictures, the table and the page in a run's folder.</summary>
public static class RunReport
{
    /// <summary>
    /// Writes <c>curves.png</c>, <c>confusion_matrix.png</c>, <c>per_class.csv</c> and <c>report.html</c>, each only if there is something to
    /// show. A reader never sees half a file.
    /// </summary>
    /// <exception cref="OutputException">The folder cannot be written to.</exception>
    public static void Write(RunDirectory directory, ReportContent content)
    {
        if (content.Epochs.Count > 0)
            Save(directory.Curves, CurvesPlot.Png(content.Epochs, content.Test, content.Judge));
        if (content.Test is { PerClass.Length: > 0 } test)
        {
            Save(directory.ConfusionMatrix, ConfusionMatrixPlot.Png(test));
            AtomicFile.WriteText(directory.PerClass, PerClassCsv.Write(test));
        }
        AtomicFile.WriteText(directory.Report, HtmlReport.Write(content));
    }

    private static void Save(string path, byte[] picture) => AtomicFile.Write(path, stream => stream.Write(picture));
}
