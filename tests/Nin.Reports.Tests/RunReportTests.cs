using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Nin.Architectures;
using Nin.Runs;
using Nin.Weights;

namespace Nin.Reports.Tests;

public sealed partial class RunReportTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Fact]
    public void A_finished_run_gets_every_file_and_no_leftovers()
    {
        RunReport.Write(new(folder), Fake.Report());
        RunReport.Write(new(folder), Fake.Report());
        Assert.Equal(["confusion_matrix.png", "curves.png", "per_class.csv", "report.html"], Files());
    }

    [Fact]
    public void A_run_without_results_gets_a_page_only()
    {
        RunReport.Write(new(folder), new ReportContent { Name = "nothing" });
        Assert.Equal(["report.html"], Files());
    }

    [Fact]
    public void A_folder_that_cannot_be_written_to_is_the_users_to_mend()
    {
        File.WriteAllText(folder, "a file where the folder should be");
        Assert.Throws<OutputException>(() => RunReport.Write(new RunDirectory(folder), Fake.Report()));
    }

    [Fact]
    public void Programs_that_write_a_comma_in_numbers_get_the_same_files()
    {
        var written = Written();
        // As German does; cultures by name are left out of this program.
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (commas.NumberFormat.NumberDecimalSeparator, commas.NumberFormat.NumberGroupSeparator, commas.NumberFormat.PercentDecimalSeparator) = (",", ".", ",");
        var former = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = commas;
            Assert.Equal("0,5", $"{0.5}");
            Assert.Equal(written, Written());
        }
        finally
        {
            CultureInfo.CurrentCulture = former;
        }

        string Written()
        {
            var content = Fake.Report() with { Architecture = Catalogue.Find("nin-mnist").Build() };
            RunReport.Write(new(folder), content);
            var network = content.Architecture!;
            var model = new ModelDescription { Architecture = network, NumClasses = 10, LabelNames = Fake.FashionLabels, InputSize = network.Input, Mean = [0.5], Std = [0.5] };
            return string.Concat(Directory.GetFiles(folder).Order().Select(path => SkiasClipPath().Replace(File.ReadAllText(path, Encoding.Latin1), "")).Prepend(ModelCard.Write(content, model)));
        }
    }

    public void Dispose()
    {
        if (File.Exists(folder))
            File.Delete(folder);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>Skia goes on counting them from picture to picture.</summary>
    [GeneratedRegex(@"-cl_\w+")]
    private static partial Regex SkiasClipPath();

    private IEnumerable<string> Files() => Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order();
}
