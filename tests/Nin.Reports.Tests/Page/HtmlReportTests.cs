using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nin.Reports.Page;

namespace Nin.Reports.Tests.Page;

public sealed class HtmlReportTests
{
    public static TheoryData<ReportContent> Contents =>
    [
        Fake.Report(), Fake.Report(epochs: 0), Fake.Report(epochs: 1), Fake.Report(validation: false), new ReportContent { Name = "nothing" },
        Fake.Report() with { Test = null, Ended = null }, Fake.Report() with { Started = null, Architecture = null, Environment = [] },
    ];

    [Theory]
    [MemberData(nameof(Contents))]
    public void The_page_is_well_formed_and_loads_nothing(ReportContent content)
    {
        var html = HtmlReport.Write(content);
        var page = XDocument.Parse(html);
        Assert.Single(page.Descendants("h1"));
        Assert.Empty(page.Descendants("script"));
        Assert.DoesNotMatch("""(src|href)\s*=\s*["']?(https?:|//)|url\(["']?(https?:|//)|@import""", html);
        Assert.All(page.Descendants("img"), image => Assert.NotEmpty(image.Attribute("alt")!.Value));
        Assert.All(page.Descendants("th"), head => Assert.Contains(head.Attribute("scope")!.Value, new[] { "col", "row" }));
        Assert.Distinct(page.Descendants().Attributes("id").Select(id => id.Value));
        Assert.DoesNotContain("NaN", html);
    }

    [Fact]
    public void What_is_missing_is_left_out()
    {
        Assert.Equal(["Curves", "What is taken for what", "Classes", "Epochs", "Settings", "Network", "Environment", "Go on"], Titles(Fake.Report()));
        Assert.Equal(["Settings", "Network", "Environment", "Go on"], Titles(Fake.Report(epochs: 0) with { Test = null }));
        Assert.Empty(Titles(new ReportContent { Name = "nothing" }));
    }

    [Fact]
    public void Names_from_folders_and_settings_cannot_become_markup()
    {
        const string Evil = "<script>alert('x')</script>\u0001\ud800&\"";
        var content = Fake.Report() with
        {
            Name = Evil,
            Test = Fake.Evaluation([Evil, "b", .. Fake.FashionLabels]),
            Environment = [new(Evil, Evil)],
            Started = Fake.Report().Started! with { RunDir = $"runs/{Evil}", Settings = [new(Evil, Evil)] },
            Ended = null,
        };
        var html = HtmlReport.Write(content);
        Assert.DoesNotContain("<script", html);
        Assert.Empty(XDocument.Parse(html).Descendants("script"));
        Assert.Contains("&lt;script&gt;", html);
    }

    [Fact]
    public void The_headline_is_the_test_accuracy_with_its_interval()
    {
        var test = Fake.Evaluation(Fake.FashionLabels) with { Top1 = 0.9312, Top1Low = 0.9261, Top1High = 0.936 };
        var text = Text(Fake.Report() with { Test = test });
        Assert.Contains("93.1 % of 10,000 test images right", text);
        Assert.Contains("95 % interval 92.6 % to 93.6 %", text);
    }

    [Fact]
    public void The_network_table_is_the_plan()
    {
        var text = Text(Fake.Report());
        var plan = Fake.Report().Architecture!.Plan();
        Assert.Contains($"{plan.Parameters:#,0}", text);
        Assert.Contains($"{plan.Macs:#,0}", text);
        Assert.Contains("mlpconv 3x3: 32, 32 + batch norm", text);
    }

    [Fact]
    public void Only_the_best_of_all_epochs_is_marked() =>
        Assert.Single(XDocument.Parse(HtmlReport.Write(Fake.Report(epochs: 9))).Descendants("tr"), row => (string?)row.Attribute("class") == "best");

    [Fact]
    public void A_folder_with_a_space_is_quoted_in_commands() =>
        Assert.Contains("nin eval 'runs/my run'", Text(Fake.Report() with { Started = null, Ended = Fake.Report().Ended! with { RunDir = "runs/my run" } }));

    [Theory]
    [InlineData("epochs", "nin eval runs/train/fashion-mnist")]
    [InlineData("interrupted", "nin train --resume runs/train/fashion-mnist")]
    [InlineData("diverged", null)]
    public void What_to_go_on_with_depends_on_how_it_ended(string reason, string? command) =>
        Assert.Equal(command, XDocument.Parse(HtmlReport.Write(Fake.Report() with { Test = null, Ended = Fake.Report().Ended! with { StoppedBecause = reason } })).Descendants("dd").Descendants("code").FirstOrDefault()?.Value);

    [Fact]
    public void Many_classes_come_as_a_picture_and_a_folded_table()
    {
        var page = XDocument.Parse(HtmlReport.Write(Fake.Report() with { Test = Fake.Evaluation([.. Enumerable.Range(0, 100).Select(i => $"class {i}")], 20) }));
        Assert.StartsWith("data:image/png;base64,", page.Descendants("img").Single().Attribute("src")!.Value);
        Assert.Contains(page.Descendants("summary"), summary => summary.Value == "All 100 classes");
    }

    [Fact]
    public void Sections_of_others_stand_in_the_page()
    {
        var page = XDocument.Parse(HtmlReport.Write(Fake.Report() with { Sections = [new("Curves", "<p class=\"mine\">maps</p>"), new("地図", "")] }));
        Assert.Equal("maps", page.Descendants("p").Single(p => (string?)p.Attribute("class") == "mine").Value);
        Assert.Distinct(page.Descendants().Attributes("id").Select(id => id.Value));
    }

    private static IEnumerable<string> Titles(ReportContent content) => XDocument.Parse(HtmlReport.Write(content)).Descendants("h2").Select(title => title.Value);

    private static string Text(ReportContent content) => Regex.Replace(XDocument.Parse(HtmlReport.Write(content)).Root!.Value, @"\s+", " ");
}
