using CsCheck;
using Nin.Reports.Curves;

namespace Nin.Reports.Tests.Curves;

public sealed class TicksTests
{
    [Fact]
    public void Round_values_lie_in_the_range() => Gen.Select(Gen.Double[-100, 100], Gen.Double[1e-4, 1000]).Sample((low, span) =>
    {
        var ticks = Ticks.Between(low, low + span, 5);
        Assert.InRange(ticks.Length, 2, 7);
        Assert.All(ticks, tick => Assert.InRange(tick, low - 1e-6 * span, low + span * (1 + 1e-6)));
    });

    [Fact]
    public void Epochs_are_whole_and_keep_the_first_and_the_last() => Gen.Int[2, 2000].Sample(last =>
    {
        var ticks = Ticks.Epochs(1, last, gap: last / 8.0);
        Assert.Equal((1, last), (ticks[0], ticks[^1]));
        Assert.All(ticks, tick => Assert.Equal(Math.Round(tick), tick));
        Assert.Equal(ticks.Order().Distinct(), ticks);
    });

    [Fact]
    public void A_single_epoch_is_one_tick() => Assert.Equal([7.0], Ticks.Epochs(7, 7, 1));

    [Fact]
    public void End_labels_keep_order_distance_and_bounds() => Gen.Double[0, 100].Array[1, 10].Sample(wanted =>
    {
        var placed = EndLabels.Spread(wanted, gap: 8, low: 0, high: 100);
        var sorted = placed.Order().ToArray();
        Assert.All(sorted.Zip(sorted.Skip(1)), pair => Assert.True(pair.Second - pair.First > 8 - 1e-9));
        Assert.All(placed, place => Assert.InRange(place, -1e-9, 100 + 1e-9));
        Assert.All(wanted.Zip(placed).OrderBy(p => p.First).Zip(wanted.Zip(placed).OrderBy(p => p.First).Skip(1)), p => Assert.True(p.First.Second <= p.Second.Second));
    });

    [Fact]
    public void Labels_that_are_far_apart_stay_where_they_are() => Assert.Equal([50, 10, 90], EndLabels.Spread([50, 10, 90], 8, 0, 100));
}
