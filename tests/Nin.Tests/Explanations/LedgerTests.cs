using Nin.Explanations;

namespace Nin.Tests.Explanations;

public sealed class LedgerTests
{
    [Fact]
    public void Entries_add_up_to_the_difference_of_the_means()
    {
        var random = new Random(3);
        var maps = new ClassMaps(Array.ConvertAll(new float[4 * 5 * 6], _ => random.NextSingle() * 40 - 20), 4, 5, 6);
        var ledger = Ledger.Of(maps, 2, 0);
        Assert.Equal(maps[2].ToArray().Average() - (double)maps[0].ToArray().Average(), ledger.Margin, 1e-5);
    }

    [Fact]
    public void The_strongest_cell_is_where_the_winner_gains_most()
    {
        var maps = new ClassMaps(new float[] { 0, 1, 0, 0, 9, 0, /* the other class */ 0, 0, 0, -5, 8, 0 }, 2, 2, 3);
        Assert.Equal((1, 0), Ledger.Of(maps, 0, 1).Strongest);
    }
}
