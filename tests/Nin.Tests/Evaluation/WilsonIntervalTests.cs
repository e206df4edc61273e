using CsCheck;
using Nin.Evaluation;

namespace Nin.Tests.Evaluation;

public sealed class WilsonIntervalTests
{
    [Fact]
    public void Ninety_of_a_hundred()
    {
        var interval = WilsonInterval.Of(90, 100);
        Assert.Equal(0.8256, interval.Low, 1e-4);
        Assert.Equal(0.9448, interval.High, 1e-4);
    }

    [Fact]
    public void It_stays_inside_0_and_1_and_holds_the_measured_share() =>
        Gen.Int[1, 100_000].SelectMany(trials => Gen.Int[0, trials].Select(successes => (successes, trials))).Sample(c =>
        {
            var (low, high) = WilsonInterval.Of(c.successes, c.trials);
            var share = c.successes / (double)c.trials;
            return low >= 0 && high <= 1 && low <= share + 1e-12 && share <= high + 1e-12 && low < high;
        });
}
