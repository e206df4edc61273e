using Nin.Cli.Rendering;

namespace Nin.Cli.Tests.Rendering;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0, "0:00")]
    [InlineData(32.4, "0:32")]
    [InlineData(59.6, "1:00")]
    [InlineData(725, "12:05")]
    [InlineData(3723, "1:02:03")]
    [InlineData(100000, "27:46:40")]
    [InlineData(double.NaN, "-")]
    public void Durations_read_as_clocks_do(double seconds, string text) => Assert.Equal(text, NumberText.Duration(seconds));
}
