namespace Nin.Architectures;

/// <summary>How many windows of a convolution or a pooling fit along one side of an image, as PyTorch counts them.</summary>
internal static class Windows
{
    /// <summary>
    /// The number of windows, or 0 when not even one fits. In ceil mode the last window may hang over the far border, but must begin
    /// inside the image or its near padding.
    /// </summary>
    /// <exception cref="OverflowException">There are more than 2^31 windows.</exception>
    public static int Along(int size, int kernel, int stride, int padding, bool ceil)
    {
        var span = size + 2L * padding - kernel + Overhang(stride, ceil);
        if (span < 0) return 0;
        var windows = span / stride + 1;
        if (ceil && (windows - 1) * stride >= (long)size + padding) windows--;
        return checked((int)windows);
    }

    /// <summary>The smallest side, at least 1, along which one window fits.</summary>
    public static long SmallestSide(int kernel, int stride, int padding, bool ceil) =>
        Math.Max(1, kernel - 2L * padding - Overhang(stride, ceil));

    /// <summary>How far the last window may hang over the far border, in pixels.</summary>
    private static int Overhang(int stride, bool ceil) => ceil ? stride - 1 : 0;
}
