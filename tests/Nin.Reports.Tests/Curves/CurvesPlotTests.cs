using System.Xml.Linq;
using Nin.Reports.Curves;
using Nin.Runs;

namespace Nin.Reports.Tests.Curves;

public sealed class CurvesPlotTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(18)]
    [InlineData(300)]
    public void Any_number_of_epochs_gives_a_picture(int epochs)
    {
        using var picture = Png.Decode(CurvesPlot.Png(Fake.Epochs(epochs), Fake.Evaluation(Fake.FashionLabels)));
        Assert.Equal((1600, 640), (picture.Width, picture.Height));
        Assert.True(Png.Colours(picture) > 20);
        Assert.True(Png.Dark(picture, new(0, 0, 400, 80)) > 100, "the title is missing");
    }

    [Fact]
    public void A_run_without_validation_has_no_validation_line()
    {
        Assert.DoesNotContain("var(--validation)", CurvesPlot.Svg(Fake.Epochs(5, validation: false)));
        Assert.Contains("var(--validation)", CurvesPlot.Svg(Fake.Epochs(5)));
    }

    [Fact]
    public void A_diverged_epoch_is_left_out()
    {
        IReadOnlyList<EpochEnded> epochs = [.. Fake.Epochs(3), Fake.Epochs(4)[3] with { TrainLoss = double.NaN, ValLoss = double.PositiveInfinity }];
        Assert.DoesNotContain("NaN", CurvesPlot.Svg(epochs));
        Assert.DoesNotContain("∞", CurvesPlot.Svg(epochs));
    }

    [Fact]
    public void Values_that_never_change_still_span_an_axis()
    {
        var stuck = Fake.Epochs(4).Select(epoch => epoch with { TrainLoss = 2.303, ValLoss = 2.303, TrainAccuracy = 0.1, ValAccuracy = 0.1, LearningRate = 0 }).ToList();
        Assert.NotEmpty(CurvesPlot.Png(stuck));
    }

    [Fact]
    public void The_svg_says_what_it_shows_and_where_lines_end()
    {
        var svg = XElement.Parse($"<p>{CurvesPlot.Svg(Fake.Epochs(18), Fake.Evaluation(Fake.FashionLabels))}</p>");
        Assert.All(svg.Elements(), panel => Assert.Contains("After epoch 18", panel.Attribute("aria-label")!.Value));
        Assert.Distinct(svg.Descendants().Attributes("id").Select(id => id.Value));
        var texts = svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToList();
        Assert.Equal(2, texts.Count(text => text == "epoch"));
        Assert.Contains(texts, text => text.StartsWith("validation 93."));
    }

    [Fact]
    public void Several_runs_share_a_picture()
    {
        RunCurve[] runs = [.. Enumerable.Range(0, 12).Select(i => new RunCurve($"a run with a rather long name {i}", Fake.Epochs(3 + i, validation: i != 2)))];
        using var picture = Png.Decode(CompareCurvesPlot.Png(runs));
        Assert.Equal((1600, 640), (picture.Width, picture.Height));
        Assert.Contains("(train)", CompareCurvesPlot.Svg(runs));
        Assert.NotEmpty(CompareCurvesPlot.Png([]));
    }
}
