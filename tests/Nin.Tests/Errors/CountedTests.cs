namespace Nin.Tests.Errors;

public sealed class CountedTests
{
    [Theory]
    [InlineData(0, "0 epochs")]
    [InlineData(1, "1 epoch")]
    [InlineData(1.5, "1.5 epochs")]
    [InlineData(57_000, "57,000 epochs")]
    public void One_is_singular_and_all_else_plural(double number, string expected) => Assert.Equal(expected, Counted.Of(number, "epoch"));
}
