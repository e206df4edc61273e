using System.Drawing;
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
        Assert.Equal<byte>([4, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9], Varied(Placement.Identity(Small) with { Flip = true }));

    [Fact]
    public void A_shift_mirrors_at_the_border_or_leaves_black()
    {
        var placed = Placement.Identity(Small) with { ShiftX = 1, ShiftY = -1 };
        Assert.Equal<byte>([6, 5, 6, 7, 10, 9, 10, 11, 6, 5, 6, 7], Varied(placed));
        Assert.Equal<byte>([0, 5, 6, 7, 0, 9, 10, 11, 0, 0, 0, 0], Varied(placed, BorderKind.Zero));
    }

    [Fact]
    public void A_batch_has_at_least_one_image()
    {
        var images = new ImageSet("one", Small, Picture, [0], ["a"]);
        Assert.Throws<ArgumentOutOfRangeException>("batch", () => new BatchLoader(images, new PixelPipeline(Small, Small, [0], [1]), Arithmetic.Reference, batch: -5));
    }

    [Fact]
    public void A_cutout_greys_a_square() =>
        Assert.Equal<byte>([1, 2, 3, 4, 5, 99, 99, 8, 9, 99, 99, 12], Varied(Placement.Identity(Small) with { Cut = Rectangle.FromLTRB(1, 1, 3, 3) }));

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
    public void A_mixed_image_shows_parts_of_two_and_counts_as_both_by_their_area()
    {
        // Every image has a colour and a class of its own.
        const int Count = 40, Side = 10;
        var images = new ImageSet("plain", new Shape(1, Side, Side), [.. Enumerable.Range(0, Count).SelectMany(i => Enumerable.Repeat((byte)(i + 1), Side * Side))], [.. Enumerable.Range(0, Count)], [.. Enumerable.Range(0, Count).Select(i => $"{i}")]);
        var loader = new BatchLoader(images, new PixelPipeline(images.Shape, images.Shape, [0], [1 / 255.0]), Arithmetic.Reference, batch: Count);
        var batch = Assert.Single(loader.Shuffled(new AugmentationOptions { Cutmix = 1, Cutout = 4, Flip = FlipKind.Random, Shift = 2 }, seed: 1, epoch: 0));
        using var shown = batch.Images;
        var pixels = shown.data<float>().ToArray().Chunk(Side * Side).Select(image => image.Select(value => (int)Math.Round(value) - 1).ToArray()).ToArray();
        for (var n = 0; n < Count; n++)
        {
            for (var label = 0; label < Count; label++) Assert.Equal(pixels[n].Count(pixel => pixel == label) / 100.0, batch.Targets[n].Share(label), 1e-9);
        }
        Assert.InRange(batch.Targets.Count(target => target.OtherShare > 0), Count / 2, Count); // a small part may lie outside, or be none
        Assert.Equal(Count, batch.Targets.DistinctBy(target => target.Class).Count());
    }

    [Fact]
    public void CutMix_takes_the_asked_share_of_the_images_and_cutouts_the_others()
    {
        var options = new AugmentationOptions { Cutmix = 0.25, Cutout = 2 };
        var placed = Enumerable.Range(0, 2000).Select(image => Placement.Draw(options, new Shape(3, 32, 32), 2000, 1, 0, image)).ToArray();
        Assert.InRange(placed.Count(each => each.Partner is not null), 430, 570);
        Assert.All(placed, each => Assert.True(each.Partner is not null || each.Cut is { Width: 1 or 2, Height: 1 or 2 }));
        var partners = placed.Where(each => each.Partner is not null).Select(each => each.Partner!.Value).ToArray();
        Assert.InRange(partners.Average(), 850, 1150);
    }

    [Fact]
    public void What_a_crop_leaves_out_of_a_part_does_not_count()
    {
        var half = Placement.Identity(Small) with { Cut = Rectangle.FromLTRB(0, 0, 2, 3), Partner = 1 };
        Assert.Equal(0.5, half.PartnerShare, 1e-12);
        Assert.Equal(1 / 3.0, (half with { CropX = 1, CropWidth = 3 }).PartnerShare, 1e-12);
        Assert.Equal(0, (half with { CropX = 2.5, CropWidth = 1.5 }).PartnerShare, 1e-12);
        Assert.Equal(0, (half with { Partner = null }).PartnerShare);
    }

    [Fact]
    public void Alternating_flips_show_both_sides_in_two_epochs()
    {
        var options = new AugmentationOptions { Flip = FlipKind.Alternating };
        for (var image = 0; image < 50; image++)
            Assert.NotEqual(Placement.Draw(options, Small, 50, 3, epoch: 4, image).Flip, Placement.Draw(options, Small, 50, 3, epoch: 5, image).Flip);
        Assert.InRange(Enumerable.Range(0, 1000).Count(image => Placement.Draw(options, Small, 1000, 3, 0, image).Flip), 400, 600);
    }

    [Fact]
    public void Crops_stay_inside_the_image_and_above_their_least_area()
    {
        var options = new AugmentationOptions { Crop = 0.5 };
        var shape = new Shape(3, 32, 32);
        for (var image = 0; image < 500; image++)
        {
            var placed = Placement.Draw(options, shape, 500, 1, 0, image);
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

    private static byte[] Varied(Placement placement, BorderKind border = BorderKind.Reflect)
    {
        var target = new byte[12];
        new Augmenter(border, Small, [99]).Apply(Picture, placement, target);
        return target;
    }
}
