namespace Nin.Inference;

/// <summary>From bytes to what models take: 0..1.</summary>
internal static class PixelScale
{
    private static readonly float[] Shares = [.. Enumerable.Range(0, 256).Select(value => value / 255f)];

    public static void Write(ReadOnlySpan<byte> pixels, Span<float> target)
    {
        for (var i = 0; i < pixels.Length; i++) target[i] = Shares[pixels[i]];
    }
}
