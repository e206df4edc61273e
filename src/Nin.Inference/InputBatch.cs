using Nin.Architectures;
using Nin.Imaging;

namespace Nin.Inference;

/// <summary>Pictures as what a model takes: fitted to its size, in 0..1.</summary>
internal static class InputBatch
{
    private static readonly float[] Shares = [.. Enumerable.Range(0, 256).Select(value => value / 255f)];

    /// <summary>[N, C, H, W].</summary>
    /// <exception cref="ArgumentException">A picture has another number of channels.</exception>
    public static float[] Of(IReadOnlyList<PixelImage> images, Shape input, ImageFit fit)
    {
        var batch = GC.AllocateUninitializedArray<float>(Length(images.Count, input));
        Write(images, input, fit, batch);
        return batch;
    }

    /// <summary>The values in so many pictures.</summary>
    public static int Length(int images, Shape input) => checked((int)(images * input.Elements));

    /// <summary>Pictures as [N, C, H, W].</summary>
    /// <exception cref="ArgumentException">A picture has another number of channels.</exception>
    public static void Write(IReadOnlyList<PixelImage> images, Shape input, ImageFit fit, Span<float> target)
    {
        var elements = (int)input.Elements;
        for (var i = 0; i < images.Count; i++) Write(images[i], input, fit, target.Slice(i * elements, elements));
    }

    /// <summary>One picture as [C, H, W].</summary>
    /// <exception cref="ArgumentException">It has another number of channels.</exception>
    public static void Write(PixelImage image, Shape input, ImageFit fit, Span<float> target)
    {
        var pixels = Fitted(image, input, fit).Pixels;
        for (var j = 0; j < pixels.Length; j++) target[j] = Shares[pixels[j]];
    }

    /// <summary>The picture at the model's size.</summary>
    /// <exception cref="ArgumentException">It has another number of channels.</exception>
    public static PixelImage Fitted(PixelImage image, Shape input, ImageFit fit) => image.Shape.Channels == input.Channels
        ? ImageScaler.Fit(image, input.Height, input.Width, fit)
        : throw new ArgumentException($"an image of [{image.Shape}] has {image.Shape.Channels} channels, the model takes {input.Channels}", nameof(image));
}
