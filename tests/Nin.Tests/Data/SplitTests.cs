using CsCheck;
using Nin.Data;

namespace Nin.Tests.Data;

public sealed class SplitTests
{
    private static readonly Gen<int[]> Labels = Gen.Int[0, 4].Array[0, 300];

    [Fact]
    public void Every_image_is_either_kept_or_held_out_and_the_order_is_kept() =>
        Gen.Select(Labels, Gen.Double[0, 0.999], Gen.Int).Sample((labels, share, seed) =>
        {
            var (kept, held) = Split.Stratified(labels, 5, share, seed);
            Assert.Equal(Enumerable.Range(0, labels.Length), kept.Concat(held).Order());
            Assert.Equal(kept.Order(), kept);
            Assert.Equal(held.Order(), held);
        });

    [Fact]
    public void Every_class_gives_its_share_but_never_its_last_image() =>
        Gen.Select(Labels, Gen.Double[0.001, 0.999], Gen.Int).Sample((labels, share, seed) =>
        {
            var held = Split.Stratified(labels, 5, share, seed).Held.CountBy(i => labels[i]).ToDictionary();
            foreach (var (label, count) in labels.CountBy(label => label))
            {
                var expected = count == 1 ? 0 : Math.Clamp((int)Math.Round(share * count, MidpointRounding.AwayFromZero), 1, count - 1);
                Assert.Equal(expected, held.GetValueOrDefault(label));
            }
        });

    [Fact]
    public void The_split_of_a_seed_never_changes() =>
        Assert.Equal([0, 1, 3, 8], Split.Stratified([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1], 2, 0.34, 7).Held);

    [Fact]
    public void Another_seed_holds_out_other_images()
    {
        var labels = Enumerable.Range(0, 1000).Select(i => i % 10).ToArray();
        Assert.NotEqual(Split.Stratified(labels, 10, 0.1, 1).Held, Split.Stratified(labels, 10, 0.1, 2).Held);
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_share_outside_0_to_1_is_a_usage_error(double share) =>
        Assert.Contains("--val", Assert.Throws<UsageException>(() => Split.Stratified([0], 1, share, 0)).Message);

    [Fact]
    public void A_subset_has_the_same_share_of_every_class_and_no_class_vanishes()
    {
        var labels = Enumerable.Range(0, 1010).Select(i => i < 1000 ? i % 2 : 2).ToArray();
        var chosen = Split.Subset(labels, 3, 0.01, 0);
        Assert.Equal([5, 5, 1], Enumerable.Range(0, 3).Select(label => chosen.Count(i => labels[i] == label)));
        Assert.Equal(Enumerable.Range(0, 1010), Split.Subset(labels, 3, 1, 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void A_fraction_of_nothing_or_more_than_all_is_a_usage_error(double fraction) =>
        Assert.Contains("--fraction", Assert.Throws<UsageException>(() => Split.Subset([0], 1, fraction, 0)).Message);
}
