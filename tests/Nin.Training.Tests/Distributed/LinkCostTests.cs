using Nin.Training.Distributed;

namespace Nin.Training.Tests.Distributed;

public sealed class LinkCostTests
{
    [Fact]
    public void One_machine_sends_nothing() => Assert.Equal(0, new LinkCost(1e-5, 1e9).StepSeconds(1, 4e6));

    [Fact]
    public void A_ring_of_four_sends_six_quarters_and_four_short_messages() =>
        Assert.Equal(6 * (1e-5 + 1e6 / 1e9) + 4 * 1e-5, new LinkCost(1e-5, 1e9).StepSeconds(4, 4e6), 1e-12);
}
