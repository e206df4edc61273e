namespace Nin.Images;

/// <summary>What a picture's header says, before anything is decoded.</summary>
/// <param name="Format">jpeg, png, webp, gif, bmp, ...</param>
/// <param name="Width">In pixels, as the picture is to be seen: after EXIF orientation.</param>
/// <param name="Height">In pixels, as the picture is to be seen.</param>
/// <param name="IsGrey">Whether it is stored with one channel and no transparency.</param>
public sealed record ImageHeader(string Format, int Width, int Height, bool IsGrey);
