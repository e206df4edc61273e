using Nin.Training.Profiling;

namespace Nin.Training.Tests.Profiling;

public sealed class MediansTests
{
    [Theory]
    [InlineData(new[] { 3.0 }, 3)]
    [InlineData(new[] { 9.0, 1, 2 }, 2)]
    [InlineData(new[] { 4.0, 1, 2, 100 }, 3)]
    public void The_median_is_the_middle(double[] values, double median) => Assert.Equal(median, Medians.Of(values));

    [Fact]
    public void Nothing_has_no_median() => Assert.Throws<ArgumentException>(() => Medians.Of([]));
}
