using System.Drawing;
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
/// <param name="Cut">The part, in pixels, where something else stands.</param>
/// <param name="Partner">The image that stands there; null: it is grey.</param>
internal readonly record struct Placement(bool Flip, int ShiftX, int ShiftY, double CropX, double CropY, double CropWidth, double CropHeight, Rectangle Cut, int? Partner)
{
    /// <summary>The share of what is shown that is the partner's.</summary>
    public double PartnerShare => Partner is null ? 0 : Shown(Cut.Left, Cut.Right, CropX, CropWidth) * Shown(Cut.Top, Cut.Bottom, CropY, CropHeight);

    /// <summary>The image as it is.</summary>
    public static Placement Identity(Shape shape) => new(false, 0, 0, 0, 0, shape.Width, shape.Height, Rectangle.Empty, null);

    /// <summary>Draws one of <paramref name="count"/> images.</summary>
    public static Placement Draw(AugmentationOptions options, Shape shape, int count, int seed, int epoch, int image)
    {
        var flip = options.Flip switch
        {
            FlipKind.Random => CounterRandom.Below(2, seed, RandomStream.Flip, epoch, image) == 1,
            FlipKind.Alternating => (CounterRandom.Below(2, seed, RandomStream.Flip, 0, image) + epoch) % 2 == 1,
            _ => false,
        };
        int Shift(RandomStream stream) => options.Shift == 0 ? 0 : CounterRandom.Below(2 * options.Shift + 1, seed, stream, epoch, image) - options.Shift;

        var placed = Identity(shape) with { Flip = flip, ShiftX = Shift(RandomStream.ShiftX), ShiftY = Shift(RandomStream.ShiftY) };
        placed = placed.Cropped(options.Crop, shape, seed, epoch, image);
        return options.Cutmix > 0 && CounterRandom.Uniform(seed, RandomStream.Cutmix, epoch, 5L * image) < options.Cutmix
            ? placed.Mixed(shape, count, seed, epoch, image)
            : placed.CutOut(options.Cutout, shape, seed, epoch, image);
    }

    /// <summary>As random resized crops are usually drawn: area uniform, aspect ratio log-uniform in [3/4, 4/3].</summary>
    private Placement Cropped(double least, Shape shape, int seed, int epoch, int image)
    {
        if (least >= 1) return this;
        double Uniform(int which) => CounterRandom.Uniform(seed, RandomStream.Crop, epoch, 4L * image + which);
        var area = (least + (1 - least) * Uniform(0)) * shape.Width * shape.Height;
        var aspect = Math.Exp((2 * Uniform(1) - 1) * Math.Log(4.0 / 3));
        var (width, height) = (Math.Min(Math.Sqrt(area * aspect), shape.Width), Math.Min(Math.Sqrt(area / aspect), shape.Height));
        return this with { CropWidth = width, CropHeight = height, CropX = Uniform(2) * (shape.Width - width), CropY = Uniform(3) * (shape.Height - height) };
    }

    /// <summary>As Yun et al. draw it: area uniform, shaped like the image, its centre anywhere.</summary>
    private Placement Mixed(Shape shape, int count, int seed, int epoch, int image)
    {
        var side = Math.Sqrt(CounterRandom.Uniform(seed, RandomStream.Cutmix, epoch, 5L * image + 1));
        int Centre(int size, int which) => CounterRandom.Below(size, seed, RandomStream.Cutmix, epoch, 5L * image + which);
        var cut = Around(Centre(shape.Width, 2), Centre(shape.Height, 3), (int)(side * shape.Width), (int)(side * shape.Height), shape);
        return this with { Cut = cut, Partner = CounterRandom.Below(count, seed, RandomStream.Cutmix, epoch, 5L * image + 4) };
    }

    private Placement CutOut(int side, Shape shape, int seed, int epoch, int image)
    {
        if (side == 0) return this;
        int Centre(int size, int which) => CounterRandom.Below(size, seed, RandomStream.Cutout, epoch, 2L * image + which);
        return this with { Cut = Around(Centre(shape.Width, 0), Centre(shape.Height, 1), side, side, shape) };
    }

    /// <summary>What of a rectangle lies within the image.</summary>
    private static Rectangle Around(int x, int y, int width, int height, Shape shape) =>
        Rectangle.Intersect(new(x - width / 2, y - height / 2, width, height), new(0, 0, shape.Width, shape.Height));

    /// <summary>The share of a crop's side that a cut takes.</summary>
    private static double Shown(int from, int to, double edge, double size) => Math.Max(0, Math.Min(to, edge + size) - Math.Max(from, edge)) / size;
}
