using System.Text;
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
            Save(directory.Curves, CurvesPlot.Png(content.Epochs, content.Test));
        if (content.Test is { PerClass.Length: > 0 } test)
        {
            Save(directory.ConfusionMatrix, ConfusionMatrixPlot.Png(test));
            Save(directory.PerClass, Encoding.UTF8.GetBytes(PerClassCsv.Write(test)));
        }
        Save(directory.Report, Encoding.UTF8.GetBytes(HtmlReport.Write(content)));
    }

    private static void Save(string path, byte[] content)
    {
        var temporary = $"{path}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using (var file = File.Create(temporary))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"{path} could not be written", e.Message, "free space or choose another folder with --out", e);
        }
    }
}
