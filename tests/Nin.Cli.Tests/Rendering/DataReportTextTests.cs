using Nin.Architectures;
using Nin.Cli.Rendering;
using Nin.Data;

namespace Nin.Cli.Tests.Rendering;

public sealed class DataReportTextTests
{
    [Fact]
    public void A_report_shows_the_whole_and_each_class()
    {
        var train = new ImageSet("pets train", new Shape(1, 1, 2), [0, 255, 0, 255, 10, 20, 30, 40], [0, 0, 0, 1], ["cat", "dog"]);
        var test = new ImageSet("pets test", new Shape(1, 1, 2), [0, 255], [0], ["cat", "dog"]);
        Snapshot.Check(string.Join('\n', DataReportText.Lines(DataReport.Of(new DataSet("pets", train, test)))));
    }
}
