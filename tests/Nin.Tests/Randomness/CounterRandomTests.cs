using System.Numerics;
using CsCheck;
using Nin.Randomness;

namespace Nin.Tests.Randomness;

public sealed class CounterRandomTests
{
    [Theory]
    [InlineData(0, RandomStream.Weights, 0, 0, 2558736989570252433UL)]
    [InlineData(1, RandomStream.Shuffle, 2, 3, 13949035925482646860UL)]
    [InlineData(-1, RandomStream.Subset, -1, long.MaxValue, 5949283043708960190UL)]
    public void Bits_never_change_so_that_old_runs_can_be_resumed(int seed, RandomStream stream, long a, long b, ulong expected) =>
        Assert.Equal(expected, CounterRandom.Bits(seed, stream, a, b));

    [Fact]
    public void Derived_numbers_never_change_either()
    {
        Assert.Equal([1, 6, 4, 7, 2, 5, 3, 0], CounterRandom.Permutation(8, 42, RandomStream.Shuffle, 1));
        Assert.Equal(0.5158899966809665, CounterRandom.Uniform(42, RandomStream.Crop, 1, 2));
        Assert.Equal(-1.6265219754999212, CounterRandom.Normal(42, RandomStream.Weights, 1, 2), 1e-12);
        Assert.Equal(549, CounterRandom.Below(1000, 42, RandomStream.ShiftX, 1, 2));
    }

    [Fact]
    public void Uniform_numbers_fill_the_unit_interval_evenly()
    {
        var bins = new int[100];
        for (var i = 0; i < 100_000; i++) bins[(int)(CounterRandom.Uniform(7, RandomStream.Flip, 3, i) * 100)]++;
        var chiSquare = bins.Sum(n => (n - 1000.0) * (n - 1000) / 1000);
        Assert.InRange(chiSquare, 60, 150);
    }

    [Fact]
    public void Normal_numbers_have_mean_0_deviation_1_and_kurtosis_3()
    {
        var x = Enumerable.Range(0, 100_000).Select(i => CounterRandom.Normal(7, RandomStream.Weights, 0, i)).ToArray();
        Assert.Equal(0, x.Average(), 0.02);
        Assert.Equal(1, x.Average(v => v * v), 0.02);
        Assert.Equal(3, x.Average(v => v * v * v * v), 0.1);
    }

    [Fact]
    public void Changing_one_bit_of_any_argument_changes_half_of_the_bits() =>
        Gen.Select(Gen.Int, Gen.Long, Gen.Long, Gen.Int[0, 63]).Array[200].Sample(cases =>
        {
            var flipped = cases.Average(c =>
            {
                var (seed, a, b, bit) = c;
                var here = CounterRandom.Bits(seed, RandomStream.Dropout, a, b);
                return (BitOperations.PopCount(here ^ CounterRandom.Bits(seed ^ 1 << bit % 32, RandomStream.Dropout, a, b))
                    + BitOperations.PopCount(here ^ CounterRandom.Bits(seed, RandomStream.Dropout, a ^ 1L << bit, b))
                    + BitOperations.PopCount(here ^ CounterRandom.Bits(seed, RandomStream.Dropout, a, b ^ 1L << bit))) / 3.0;
            });
            return flipped is > 30 and < 34;
        }, iter: 20);

    [Fact]
    public void Neighbouring_indices_epochs_and_streams_are_uncorrelated()
    {
        double Correlation(Func<int, double> x, Func<int, double> y) =>
            Enumerable.Range(0, 50_000).Average(i => (x(i) - 0.5) * (y(i) - 0.5)) * 12;

        double Here(int i) => CounterRandom.Uniform(0, RandomStream.ShiftX, 1, i);
        Assert.Equal(0, Correlation(Here, i => Here(i + 1)), 0.02);
        Assert.Equal(0, Correlation(Here, i => CounterRandom.Uniform(0, RandomStream.ShiftX, 2, i)), 0.02);
        Assert.Equal(0, Correlation(Here, i => CounterRandom.Uniform(0, RandomStream.ShiftY, 1, i)), 0.02);
        Assert.Equal(0, Correlation(Here, i => CounterRandom.Uniform(1, RandomStream.ShiftX, 1, i)), 0.02);
    }

    [Fact]
    public void A_permutation_holds_every_number_once_and_differs_from_epoch_to_epoch() =>
        Gen.Select(Gen.Int[0, 500], Gen.Int, Gen.Long).Sample((count, seed, epoch) =>
        {
            var order = CounterRandom.Permutation(count, seed, RandomStream.Shuffle, epoch);
            Assert.Equal(Enumerable.Range(0, count), order.Order());
            if (count > 50) Assert.NotEqual(order, CounterRandom.Permutation(count, seed, RandomStream.Shuffle, epoch + 1));
        }, iter: 200);

    [Fact]
    public void Every_order_of_three_is_equally_likely()
    {
        var counts = Enumerable.Range(0, 12_000)
            .CountBy(i => string.Join("", CounterRandom.Permutation(3, 5, RandomStream.Shuffle, i))).ToDictionary();
        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, n => Assert.InRange(n, 1850, 2150));
    }
}
