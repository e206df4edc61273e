using Nin.Architectures;

namespace Nin.Tests.Architectures;

public sealed class ReceptiveFieldTests
{
    // By hand: a window of k adds (k - 1) * jump to the size, a stride multiplies the jump, a padding moves the start by padding * jump.
    // The authors' CIFAR net: 5x5 (5, 1, -2); 3x3/2 (7, 2, -2); 5x5 (15, 2, -6); 3x3/2 (19, 4, -6); 3x3 (27, 4, -10).
    // The course page's: 5x5 (5, 1, -2); 2x2/2 (6, 2, -2); 5x5 (14, 2, -6); 2x2/2 (16, 4, -6); 3x3 (24, 4, -10).
    // The textbook net: 11x11/4 (11, 4, 0); 3x3/2 (19, 8, 0); 5x5 (51, 8, -16); 3x3/2 (67, 16, -16); 3x3 (99, 16, -32);
    // 3x3/2 (131, 32, -32); 3x3 (195, 32, -64).
    [Theory]
    [InlineData("nin-cifar10", 27, 4, -10)]
    [InlineData("nin-mnist", 35, 4, -14)]
    [InlineData("nin-d2l", 195, 32, -64)]
    [InlineData("nin-course", 24, 4, -10)]
    public void Class_maps_see_what_hand_arithmetic_says(string name, int size, int jump, int start) =>
        Assert.Equal(new ReceptiveField(size, jump, start), Catalogue.Find(name).Build().Plan().ClassMaps!.ReceptiveField);

    [Fact]
    public void One_by_one_convolutions_see_no_further() =>
        Assert.Single(Catalogue.Find("nin-cifar10").Build().Plan().Steps.Where(step => step.LayerIndex == 0).Select(step => step.ReceptiveField).Distinct());

    [Fact]
    public void Logits_see_the_whole_image()
    {
        foreach (var entry in Catalogue.Entries)
            Assert.True(entry.Build().Plan().Steps[^1].ReceptiveField.Size >= entry.Input.Height, entry.Name);
    }
}
