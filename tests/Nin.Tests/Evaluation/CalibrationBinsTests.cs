using Nin.Evaluation;

namespace Nin.Tests.Evaluation;

public sealed class CalibrationBinsTests
{
    [Fact]
    public void Bins_are_weighted_by_their_images()
    {
        var bins = new CalibrationBins();
        bins.Add(0.9, right: true);
        bins.Add(0.9, right: false);
        bins.Add(0.3, right: false);
        bins.Add(1, right: true);
        // |1 - 1.8| + |0 - 0.3| + |1 - 1|, of four images.
        Assert.Equal((0.8 + 0.3) / 4, bins.Error, 1e-12);
    }

    [Fact]
    public void Certainty_that_is_always_right_is_perfect()
    {
        var bins = new CalibrationBins();
        bins.Add(1, right: true);
        Assert.Equal(0, bins.Error);
    }
}
