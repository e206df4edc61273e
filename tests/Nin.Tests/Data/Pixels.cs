using Nin.Data;

namespace Nin.Tests.Data;

internal static class Pixels
{
    /// <summary>[N, C, H, W], copied.</summary>
    public static byte[] AllPixels(this ImageSet images) => [.. Enumerable.Range(0, images.Count).SelectMany(index => images.Image(index).ToArray())];
}
