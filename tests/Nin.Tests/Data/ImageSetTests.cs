using Nin.Data;

namespace Nin.Tests.Data;

public sealed class ImageSetTests
{
    private static readonly ImageSet Images = new("test", new(1, 1, 2), [1, 2, 3, 4, 5, 6], [0, 1, 2], ["a", "b", "c"]);

    [Fact]
    public void A_selection_holds_the_chosen_images_in_the_order_given()
    {
        var selection = Images.Select([2, 0]);
        Assert.Equal([5, 6, 1, 2], selection.AllPixels());
        Assert.Equal([2, 0], selection.Labels);
    }

    [Fact]
    public void A_selection_of_a_selection_still_finds_its_images() =>
        Assert.Equal([1, 2], Images.Select([2, 0]).Select([1]).AllPixels());

    [Fact]
    public void Images_may_lie_in_a_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["pixels"], [1, 2, 3, 4, 5, 6]);
        var images = new ImageSet("test", new(1, 1, 2), PixelStore.Map(folder["pixels"]), [2, 0], [0, 1], ["a", "b"]);
        Assert.Equal([5, 6, 1, 2], images.AllPixels());
    }

    [Fact]
    public void Labels_without_images_are_refused() =>
        Assert.Throws<DataException>(() => new ImageSet("test", new(1, 1, 2), [1, 2, 3, 4], [0, 1, 2], ["a", "b", "c"]));

    [Fact]
    public void Labels_beyond_the_names_are_refused() =>
        Assert.Throws<DataException>(() => new ImageSet("test", new(1, 1, 2), [1, 2], [3], ["a", "b", "c"]));
}
