using SkiaSharp;

namespace Nin.Images;

/// <summary>How a stored picture is to be turned and mirrored to stand upright: EXIF's eight orientations.</summary>
/// <param name="IsTurned">Width and height change places.</param>
/// <param name="FromRight">The upright picture's first pixel is stored at the right.</param>
/// <param name="FromBottom">The upright picture's first pixel is stored at the bottom.</param>
internal readonly record struct Orientation(bool IsTurned, bool FromRight, bool FromBottom)
{
    public static Orientation Of(SKEncodedOrigin origin) => origin switch
    {
        SKEncodedOrigin.TopRight => new(false, true, false),
        SKEncodedOrigin.BottomRight => new(false, true, true),
        SKEncodedOrigin.BottomLeft => new(false, false, true),
        SKEncodedOrigin.LeftTop => new(true, false, false),
        SKEncodedOrigin.RightTop => new(true, false, true),
        SKEncodedOrigin.RightBottom => new(true, true, true),
        SKEncodedOrigin.LeftBottom => new(true, true, false),
        _ => default,
    };

    /// <summary>Where the upright picture begins in the stored one, and how far it is from there to its next column and its next row, in pixels.</summary>
    public (int Start, int Across, int Down) Steps(int storedWidth, int storedHeight)
    {
        var start = (FromRight ? storedWidth - 1 : 0) + (FromBottom ? (storedHeight - 1) * storedWidth : 0);
        var (horizontal, vertical) = (FromRight ? -1 : 1, FromBottom ? -storedWidth : storedWidth);
        return IsTurned ? (start, vertical, horizontal) : (start, horizontal, vertical);
    }
}
