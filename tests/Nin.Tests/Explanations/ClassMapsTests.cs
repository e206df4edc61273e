using Nin.Explanations;

namespace Nin.Tests.Explanations;

public sealed class ClassMapsTests
{
    [Fact]
    public void The_largest_tenth_counts_over_all_maps()
    {
        float[] cells = [.. Enumerable.Range(0, 40).Select(i => (float)(i * 7 % 40))];
        var (shown, largest) = new ClassMaps(cells, 10, 2, 2).LargestTenth();
        Assert.Equal(39f, largest);
        Assert.Equal(cells.Select(cell => cell >= 36 ? cell : 0), shown.Values.ToArray());
    }

    [Fact]
    public void What_speaks_against_a_class_is_not_among_the_largest() =>
        Assert.Equal(new float[4], new ClassMaps(new float[] { -4, -3, -2, -1 }, 2, 1, 2).LargestTenth().Shown.Values.ToArray());
}
