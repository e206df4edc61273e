namespace Nin.Images;

/// <summary>How large a picture may be. Both are checked before anything is decoded.</summary>
/// <param name="MaxFileBytes">The largest file.</param>
/// <param name="MaxPixels">The most pixels, width times height; decoding takes about seven bytes for each.</param>
public sealed record ImageLimits(long MaxFileBytes = 256 << 20, long MaxPixels = 100_000_000)
{
    /// <summary>256 MiB and 100 megapixels: more than cameras make, less than hurts.</summary>
    public static ImageLimits Default { get; } = new();
}
