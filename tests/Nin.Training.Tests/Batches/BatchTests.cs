using Nin.Architectures;
using Nin.Data;
using Nin.Recipes;
using Nin.Training.Batches;
using Nin.Training.Compute;
using Nin.Training.Networks;
using static TorchSharp.torch;

namespace Nin.Training.Tests.Batches;

public sealed class BatchTests
{
    private static readonly Shape Small = new(1, 3, 4);
    private static readonly byte[] Picture = [.. Enumerable.Range(1, 12).Select(value => (byte)value)];

    [Fact]
    public void A_flip_mirrors_left_to_right() =>
        Assert.Equal<byte>([4, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9], Varied(new AugmentationOptions(), Placement.Identity(Small) with { Flip = true }));

    [Fact]
    public void A_shift_mirrors_at_the_border_or_leaves_black()
    {
        var placed = Placement.Identity(Small) with { ShiftX = 1, ShiftY = -1 };
        Assert.Equal<byte>([6, 5, 6, 7, 10, 9, 10, 11, 6, 5, 6, 7], Varied(new AugmentationOptions { Shift = 1 }, placed));
        Assert.Equal<byte>([0, 5, 6, 7, 0, 9, 10, 11, 0, 0, 0, 0], Varied(new AugmentationOptions { Shift = 1, Border = BorderKind.Zero }, placed));
    }

    [Fact]
    public void A_batch_has_at_least_one_image()
    {
        var images = new ImageSet("one", Small, Picture, [0], ["a"]);
        Assert.Throws<ArgumentOutOfRangeException>("batch", () => new BatchLoader(images, new PixelPipeline(Small, Small, [0], [1]), Arithmetic.Reference, batch: -5));
    }

    [Fact]
    public void A_cutout_greys_a_square() =>
        Assert.Equal<byte>([1, 2, 3, 4, 5, 99, 99, 8, 9, 99, 99, 12], Varied(new AugmentationOptions { Cutout = 2 }, Placement.Identity(Small) with { CutX = 2, CutY = 2 }));

    [Fact]
    public void A_cutout_has_the_mean_of_the_pipeline()
    {
        var images = new ImageSet("white", new Shape(1, 4, 4), [.. Enumerable.Repeat((byte)255, 16)], [0], ["only"]);
        var loader = new BatchLoader(images, new PixelPipeline(images.Shape, images.Shape, [0.4], [0.2]), Arithmetic.Reference, batch: 1);
        // Wherever its centre is, the square covers all.
        using var varied = Assert.Single(loader.Shuffled(new AugmentationOptions { Cutout = 9 }, seed: 1, epoch: 0)).Images;
        Assert.All(varied.data<float>().ToArray(), value => Assert.Equal(0, value, 1e-6f));
    }

    [Fact]
    public void Alternating_flips_show_both_sides_in_two_epochs()
    {
        var options = new AugmentationOptions { Flip = FlipKind.Alternating };
        for (var image = 0; image < 50; image++)
            Assert.NotEqual(Placement.Draw(options, Small, 3, epoch: 4, image).Flip, Placement.Draw(options, Small, 3, epoch: 5, image).Flip);
        Assert.InRange(Enumerable.Range(0, 1000).Count(image => Placement.Draw(options, Small, 3, 0, image).Flip), 400, 600);
    }

    [Fact]
    public void Crops_stay_inside_the_image_and_above_their_least_area()
    {
        var options = new AugmentationOptions { Crop = 0.5 };
        var shape = new Shape(3, 32, 32);
        for (var image = 0; image < 500; image++)
        {
            var placed = Placement.Draw(options, shape, 1, 0, image);
            Assert.InRange(placed.CropX, 0, 32 - placed.CropWidth);
            Assert.InRange(placed.CropY, 0, 32 - placed.CropHeight);
            Assert.InRange(placed.CropWidth * placed.CropHeight, 0.5 * 1024 * 0.75, 1024.001);
        }
    }

    [Fact]
    public void Pixels_are_normalised_and_channels_come_last()
    {
        var shape = new Shape(2, 1, 2);
        var values = new float[4];
        new PixelPipeline(shape, shape, [0.5, 0], [0.5, 1]).Write([0, 255, 51, 102], Placement.Identity(shape), values.AsSpan());
        Assert.Equal([-1f, 0.2f, 1f, 0.4f], values);
    }

    [Fact]
    public void Resizing_equals_PyTorchs_bilinear()
    {
        var (stored, input) = (new Shape(1, 7, 5), new Shape(1, 18, 13));
        byte[] pixels = [.. Enumerable.Range(0, 35).Select(i => (byte)(i * 37 % 256))];
        var values = new float[input.Elements];
        new PixelPipeline(stored, input, [0], [1]).Write(pixels, Placement.Identity(stored), values.AsSpan());

        using var scope = NewDisposeScope();
        var source = tensor(Array.ConvertAll(pixels, value => value / 255f), [1, 1, 7, 5]);
        var expected = nn.functional.interpolate(source, [18, 13], mode: InterpolationMode.Bilinear, align_corners: false).data<float>().ToArray();
        for (var i = 0; i < values.Length; i++) Assert.Equal(expected[i], values[i], 1e-5);
    }

    [Theory]
    [InlineData(7, 5)]
    [InlineData(18, 13)]
    public void Pixels_in_bfloat16_are_those_in_float32_rounded(int height, int width)
    {
        var (stored, input) = (new Shape(2, 7, 5), new Shape(2, height, width));
        byte[] pixels = [.. Enumerable.Range(0, 70).Select(i => (byte)(i * 37 % 256))];
        var pipeline = new PixelPipeline(stored, input, [0.3, 0.6], [0.2, 0.3]);
        var (exact, rounded) = (new float[input.Elements], new ushort[input.Elements]);
        pipeline.Write(pixels, Placement.Identity(stored), exact.AsSpan());
        pipeline.Write(pixels, Placement.Identity(stored), rounded.AsSpan());

        using var scope = NewDisposeScope();
        var expected = tensor(exact).to(ScalarType.BFloat16).to(ScalarType.Float32).data<float>().ToArray();
        Assert.Equal(expected, rounded.Select(Bf16.ToSingle));
    }

    [Fact]
    public void A_pass_shows_every_image_once_and_goes_on_in_the_middle_as_before()
    {
        var images = new ImageSet("numbered", new Shape(1, 1, 1), [.. Enumerable.Range(0, 50).Select(i => (byte)i)], new int[50], ["only"]);
        var loader = new BatchLoader(images, new PixelPipeline(images.Shape, images.Shape, [0], [1 / 255.0]), Arithmetic.Reference, batch: 8);
        float[] Pass(int firstStep) => [.. loader.Shuffled(new AugmentationOptions(), seed: 1, epoch: 2, firstStep).SelectMany(batch =>
        {
            using (batch.Images) return batch.Images.data<float>().ToArray();
        })];

        var whole = Pass(0);
        Assert.Equal(Enumerable.Range(0, 50), whole.Select(value => (int)Math.Round(value)).Order());
        Assert.Equal(whole[24..], Pass(3));
    }

    [Fact]
    public void Leaving_a_pass_early_leaves_no_tensor()
    {
        var images = new ImageSet("blank", new Shape(1, 8, 8), new byte[64 * 100], new int[100], ["only"]);
        var loader = new BatchLoader(images, new PixelPipeline(images.Shape, images.Shape, [0], [1]), Arithmetic.Reference, batch: 4);
        var before = LiveTensors.Count();
        foreach (var batch in loader.InOrder())
        {
            batch.Images.Dispose();
            break;
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static byte[] Varied(AugmentationOptions options, Placement placement)
    {
        var target = new byte[12];
        new Augmenter(options, Small, [99]).Apply(Picture, placement, target);
        return target;
    }
}
