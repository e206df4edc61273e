using Nin.Data;

namespace Nin.Tests.Data;

public sealed class ImageSetTests
{
    private static readonly ImageSet Images = new("test", new(1, 1, 2), [1, 2, 3, 4, 5, 6], [0, 1, 2], ["a", "b", "c"]);

    [Fact]
    public void A_selection_holds_the_chosen_images_in_the_order_given()
    {
        var selection = Images.Select([2, 0]);
        Assert.Equal([5, 6, 1, 2], selection.Pixels);
        Assert.Equal([2, 0], selection.Labels);
    }

    [Fact]
    public void Labels_without_images_are_refused() =>
        Assert.Throws<DataException>(() => new ImageSet("test", new(1, 1, 2), [1, 2, 3, 4], [0, 1, 2], ["a", "b", "c"]));

    [Fact]
    public void Labels_beyond_the_names_are_refused() =>
        Assert.Throws<DataException>(() => new ImageSet("test", new(1, 1, 2), [1, 2], [3], ["a", "b", "c"]));
}
