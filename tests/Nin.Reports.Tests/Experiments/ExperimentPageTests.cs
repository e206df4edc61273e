using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nin.Reports.Experiments;

namespace Nin.Reports.Tests.Experiments;

public sealed class ExperimentPageTests
{
    private static readonly ErrorRow[] Rows = [new("ours & theirs", 0.1041, 0.42, 0.41, 0.43), new("not run yet", 0.0881), new("collapsed", null)];

    [Fact]
    public void The_page_is_well_formed_and_loads_nothing()
    {
        var html = ExperimentPage.Write(Content());
        var page = XDocument.Parse(html);
        Assert.Single(page.Descendants("h1"));
        Assert.Empty(page.Descendants("script"));
        Assert.DoesNotMatch("""(src|href)\s*=\s*["']?(https?:|//)""", html);
        Assert.Distinct(page.Descendants().Attributes("id").Select(id => id.Value));
        Assert.Equal(["What came out", "Test errors", "In numbers", "Over epochs", "Go on"], page.Descendants("h2").Select(title => title.Value));
    }

    [Theory]
    [InlineData(Verdict.Seen, "seen again")]
    [InlineData(Verdict.TooClose, "too close to tell")]
    [InlineData(Verdict.NotSeen, "not seen at this scale")]
    [InlineData(Verdict.Open, "not known yet")]
    public void A_finding_is_said_with_its_verdict(Verdict verdict, string words)
    {
        var text = Regex.Replace(XDocument.Parse(ExperimentPage.Write(Content() with { Findings = [new("Dropout <helps>", verdict, "By 3 points.")] })).Root!.Value, @"\s+", " ");
        Assert.Contains($"Dropout <helps>: {words}. By 3 points.", text);
    }

    [Fact]
    public void Pictures_are_drawn_of_whatever_there_is()
    {
        Assert.True(Png.Colours(Png.Decode(ErrorDotsPlot.Png(Rows, "Scale: 3 epochs"))) > 10);
        Assert.True(Png.Colours(Png.Decode(ErrorCurvesPlot.Png([new("with", Fake.Epochs(8)), new("without", Fake.Epochs(1)), new("nothing", [])], "Scale: 3 epochs"))) > 10);
        Assert.True(Png.Colours(Png.Decode(CountBarsPlot.Png("Parameters", [new("nin", 966_986, "966,986", true), new("none", 0, "0", false)], "counted"))) > 10);
    }

    [Fact]
    public void The_scale_stands_below_a_picture()
    {
        using var with = Png.Decode(ErrorCurvesPlot.Png([new("with", Fake.Epochs(8))], "Scale: 3 epochs on a tenth of the training images"));
        Assert.True(with.Height > 640);
        var quiet = 0;
        for (var y = 640; y < with.Height; y++) for (var x = 0; x < with.Width; x++) if (with.GetPixel(x, y).Red < 200) quiet++;
        Assert.True(quiet > 200, "no words below the panels");
    }

    [Fact]
    public void A_long_scale_takes_more_lines_and_stays_inside()
    {
        var note = $"Scale: 3 epochs; unlike the paper: {string.Join(", ", Enumerable.Range(1, 20).Select(i => $"schedule.option_{i}={i}"))}";
        foreach (var draw in (Func<string, byte[]>[])[text => ErrorDotsPlot.Png(Rows, text), text => ErrorCurvesPlot.Png([new("with", Fake.Epochs(8))], text)])
        {
            using var plain = Png.Decode(draw("Scale: 3 epochs"));
            using var picture = Png.Decode(draw(note));
            Assert.True(picture.Height > plain.Height + 50);
            for (var y = plain.Height - 30; y < picture.Height; y++) for (var x = picture.Width - 20; x < picture.Width; x++) Assert.True(picture.GetPixel(x, y).Red > 200, $"words at the edge, {x}, {y}");
        }
        Assert.Contains(XDocument.Parse(ErrorDotsPlot.Svg(Rows, note)).Descendants(), text => text.Value.EndsWith("schedule.option_20=20", StringComparison.Ordinal) && text.Value.StartsWith("schedule", StringComparison.Ordinal));
    }

    private static ExperimentContent Content() => new()
    {
        Source = "figure 3 & more",
        Title = "Dropout",
        Shows = "It helps.",
        Scale = [new("epochs", "3 of 260")],
        Findings = [new("Dropout helps", Verdict.Seen, "By 3 points.")],
        Sections =
        [
            ReportSection.OfDrawing("Test errors", ErrorDotsPlot.Svg(Rows, "Scale")),
            new ReportTable("Errors. Scale: 3 epochs.", ["network", "ours"], [["a & b", "1.00"]]).Section("In numbers"),
            ReportSection.OfDrawing("Over epochs", ErrorCurvesPlot.Svg([new("with", Fake.Epochs(8))]), "Scale: 3 epochs"),
        ],
        Commands = [new("Again", "nin reproduce figure3")],
    };
}
