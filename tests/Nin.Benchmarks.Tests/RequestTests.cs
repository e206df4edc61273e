namespace Nin.Benchmarks.Tests;

public sealed class RequestTests
{
    [Fact]
    public void Nothing_asks_for_every_network_and_is_worth_keeping() => Assert.True(Request.Of([]).IsFull);

    [Fact]
    public void Quick_asks_for_fewer_rounds()
    {
        var request = Request.Of(["--quick"]);
        Assert.Equal(3, request.Cases.Count);
        Assert.InRange(request.Rounds, 1, 4);
        Assert.False(request.IsFull);
    }

    [Fact]
    public void A_name_asks_for_one_network() => Assert.Equal("nin-d2l", Assert.Single(Request.Of(["nin-d2l"]).Cases).Network);

    [Theory]
    [InlineData("nin-fats", "nin-fast")]
    [InlineData("--fast", "./bench --quick")]
    public void What_is_not_known_is_told_with_a_remedy(string argument, string remedy) =>
        Assert.Contains(remedy, Assert.Throws<UsageException>(() => Request.Of([argument])).Fix);
}
