using Nin.Architectures;
using Nin.Randomness;
using Nin.Recipes;

namespace Nin.Training.Batches;

/// <summary>How one image is varied in one epoch: a function of (seed, epoch, image) and of nothing else.</summary>
/// <param name="Flip">Mirror left to right.</param>
/// <param name="ShiftX">Pixels to the right.</param>
/// <param name="ShiftY">Pixels down.</param>
/// <param name="CropX">Left edge of the part that is shown, in pixels.</param>
/// <param name="CropY">Top edge.</param>
/// <param name="CropWidth">Its width; that of the image when nothing is cropped.</param>
/// <param name="CropHeight">Its height.</param>
/// <param name="CutX">Centre of the greyed square.</param>
/// <param name="CutY">Centre of the greyed square.</param>
internal readonly record struct Placement(bool Flip, int ShiftX, int ShiftY, double CropX, double CropY, double CropWidth, double CropHeight, int CutX, int CutY)
{
    /// <summary>The image as it is.</summary>
    public static Placement Identity(Shape shape) => new(false, 0, 0, 0, 0, shape.Width, shape.Height, 0, 0);

    public static Placement Draw(AugmentationOptions options, Shape shape, int seed, int epoch, int image)
    {
        var flip = options.Flip switch
        {
            FlipKind.Random => CounterRandom.Below(2, seed, RandomStream.Flip, epoch, image) == 1,
            FlipKind.Alternating => (CounterRandom.Below(2, seed, RandomStream.Flip, 0, image) + epoch) % 2 == 1,
            _ => false,
        };
        int Shift(RandomStream stream) => options.Shift == 0 ? 0 : CounterRandom.Below(2 * options.Shift + 1, seed, stream, epoch, image) - options.Shift;

        var placed = Identity(shape) with { Flip = flip, ShiftX = Shift(RandomStream.ShiftX), ShiftY = Shift(RandomStream.ShiftY) };
        if (options.Cutout > 0)
        {
            placed = placed with
            {
                CutX = CounterRandom.Below(shape.Width, seed, RandomStream.Cutout, epoch, 2L * image),
                CutY = CounterRandom.Below(shape.Height, seed, RandomStream.Cutout, epoch, 2L * image + 1),
            };
        }
        if (options.Crop >= 1) return placed;

        // As random resized crops are usually drawn: area uniform, aspect ratio log-uniform in [3/4, 4/3].
        double Uniform(int which) => CounterRandom.Uniform(seed, RandomStream.Crop, epoch, 4L * image + which);
        var area = (options.Crop + (1 - options.Crop) * Uniform(0)) * shape.Width * shape.Height;
        var aspect = Math.Exp((2 * Uniform(1) - 1) * Math.Log(4.0 / 3));
        var (width, height) = (Math.Min(Math.Sqrt(area * aspect), shape.Width), Math.Min(Math.Sqrt(area / aspect), shape.Height));
        return placed with { CropWidth = width, CropHeight = height, CropX = Uniform(2) * (shape.Width - width), CropY = Uniform(3) * (shape.Height - height) };
    }
}
