using Nin.Architectures;

namespace Nin.Images.Folders;

/// <summary>Chooses the size that images of a folder are brought to.</summary>
internal static class ImageSize
{
    /// <summary>The largest side at which images that all have one size keep it.</summary>
    private const int SmallSide = 48;

    private static readonly int[] _sides = [28, 32, 48, 64, 96];

    /// <summary>
    /// One channel where every image is grey. Small images of one size keep it; others become squares: the largest of 28, 32, 48, 64 and 96 pixels
    /// that at least half of the images fill without being enlarged.
    /// </summary>
    /// <param name="headers">Of all readable images; at least one.</param>
    /// <param name="side">What was asked for; null: choose.</param>
    /// <param name="usual">What the network usually takes, for images that are not small and of one size; null: choose.</param>
    public static Shape Choose(IReadOnlyList<ImageHeader> headers, int? side, int? usual)
    {
        var channels = headers.All(header => header.IsGrey) ? 1 : 3;
        if (side is { } asked) return new(channels, asked, asked);
        var (width, height) = (headers[0].Width, headers[0].Height);
        if (Math.Max(width, height) <= SmallSide && headers.All(header => (header.Width, header.Height) == (width, height))) return new(channels, height, width);
        if (usual is { } native) return new(channels, native, native);
        var median = headers.Select(header => Math.Min(header.Width, header.Height)).Order().ElementAt(headers.Count / 2);
        var chosen = _sides.LastOrDefault(candidate => candidate <= median, _sides[0]);
        return new(channels, chosen, chosen);
    }
}
