using Nin.Runs;

namespace Nin.Reports.Tests;

public sealed class RunReportTests : IDisposable
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

    public void Dispose()
    {
        if (File.Exists(folder))
            File.Delete(folder);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private IEnumerable<string> Files() => Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order();
}
