using Nin.Reports.Curves;
using Nin.Runs;

namespace Nin.Reports.Tests.Curves;

public sealed class LearningRatePlotTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(120)]
    public void Any_number_of_steps_gives_a_picture(int steps)
    {
        LearningRatePoint[] points = [.. Enumerable.Range(0, steps).Select(step => new LearningRatePoint(1e-5 * Math.Pow(10, step / 20.0), 2.3 - step * 0.01, 2.3 - step * 0.01))];
        using var picture = Png.Decode(LearningRatePlot.Png(new([.. points], LearningRateSearch.Suggest(points), Diverged: false)));
        Assert.Equal((1280, 800), (picture.Width, picture.Height));
        Assert.True(Png.Dark(picture, new(0, 0, 1280, 80)) > 100, "the title is missing");
    }
}
