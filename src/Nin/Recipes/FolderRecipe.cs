using Nin.Architectures;

namespace Nin.Recipes;

/// <summary>The options that suit a folder of images of which nothing is known but its size: a beginning for people's own data.</summary>
public static class FolderRecipe
{
    /// <summary>Up to this side, in pixels, images are taken for such as nin-fast was made for.</summary>
    private const int SmallSide = 40;

    /// <summary>Chooses network, batch, epochs, rate and augmentation.</summary>
    /// <param name="image">[C, H, W] of every image.</param>
    /// <param name="images">How many there are to train on.</param>
    public static TrainingOptions For(Shape image, int images)
    {
        var small = Math.Min(image.Height, image.Width) <= SmallSide;
        // Few images: small steps, or there would be too few of them.
        var batch = images >= 5000 ? 128 : images >= 1000 ? 64 : images >= 400 ? 32 : 16;
        return new()
        {
            Network = small ? "nin-fast" : "nin-photo",
            ImageSize = image.Height == image.Width ? image.Height : null,
            Epochs = images >= 20_000 ? 16 : images >= 5000 ? 30 : 60,
            Batch = Math.Min(batch, Math.Max(1, images / 2)),
            Validation = images >= 5000 ? 0.1 : 0.2,
            Optimizer = new() { LearningRate = 0.2 * batch / 128, Nesterov = true, WeightDecay = 5e-4, BiasRate = 4, Average = images >= 5000 ? 0.998 : 0.98 },
            Schedule = new() { Kind = ScheduleKind.OneCycle },
            Loss = new() { LabelSmoothing = 0.1 },
            // Grey images are often writing or drawings, whose mirror image means something else.
            Augmentation = new() { Flip = image.Channels == 3 ? FlipKind.Alternating : FlipKind.None, Shift = small ? 2 : 0, Crop = small ? 1 : 0.5 },
        };
    }
}
