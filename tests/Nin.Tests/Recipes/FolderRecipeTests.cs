using Nin.Architectures;
using Nin.Recipes;

namespace Nin.Tests.Recipes;

public sealed class FolderRecipeTests
{
    [Theory]
    [InlineData(1, 28, 60_000, "nin-fast", 128)]
    [InlineData(3, 32, 50_000, "nin-fast", 128)]
    [InlineData(3, 96, 168, "nin-photo", 16)]
    [InlineData(3, 96, 2, "nin-photo", 1)]
    [InlineData(3, 48, 3000, "nin-photo", 64)]
    public void Network_and_batch_follow_the_images(int channels, int side, int images, string network, int batch)
    {
        var options = FolderRecipe.For(new(channels, side, side), images);
        Assert.Equal((network, batch, (int?)side), (options.Network, options.Batch, options.ImageSize));
        OptionsCheck.Check(options);
        Catalogue.Find(network).Build(new(channels, side, side), 2).Plan();
    }

    [Fact]
    public void Images_that_are_not_square_keep_their_size() => Assert.Null(FolderRecipe.For(new(3, 20, 36), 100).ImageSize);

    [Fact]
    public void Writing_is_not_mirrored() => Assert.Equal(FlipKind.None, FolderRecipe.For(new(1, 28, 28), 1000).Augmentation.Flip);
}
