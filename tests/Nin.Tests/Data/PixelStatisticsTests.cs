using Nin.Data;

namespace Nin.Tests.Data;

public sealed class PixelStatisticsTests
{
    /// <summary>Two images of two channels of two pixels.</summary>
    private static readonly ImageSet Images = new("test", new(2, 1, 2), [0, 255, 51, 51, 0, 255, 102, 102], [0, 0], ["a"]);

    [Fact]
    public void Each_channel_has_its_own_mean_and_deviation_in_0_to_1()
    {
        var statistics = PixelStatistics.Of(Images);
        Assert.Equal([0.5, 0.3], statistics.Mean.Select(v => Math.Round(v, 12)));
        Assert.Equal([0.5, 0.1], statistics.StandardDeviation.Select(v => Math.Round(v, 12)));
    }

    [Fact]
    public void No_images_have_no_mean() => Assert.Throws<ArgumentException>(() => PixelStatistics.Of(Images.Select([])));
}
