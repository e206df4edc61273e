using Nin.Explanations;

namespace Nin.Tests.Explanations;

public sealed class ClassMapsTests
{
    [Fact]
    public void The_largest_tenth_counts_over_all_maps()
    {
        float[] cells = [.. Enumerable.Range(0, 40).Select(i => (float)(i * 7 % 40))];
        var (threshold, largest) = new ClassMaps(cells, 10, 2, 2).LargestTenth();
        Assert.Equal((36f, 39f), (threshold, largest));
        Assert.Equal(4, cells.Count(cell => cell >= threshold));
    }
}
