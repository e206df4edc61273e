using System.Collections.Immutable;

namespace Nin.Data;

/// <summary>The files that a data set of images was made from.</summary>
/// <param name="Smallest">Width and height of the one with the fewest pixels, upright and before resizing: 640x480.</param>
/// <param name="Median">Of the one in the middle.</param>
/// <param name="Largest">Of the one with the most pixels.</param>
/// <param name="Formats">How many there are of each format, the most frequent first.</param>
/// <param name="Unreadable">Files that should be images and were skipped.</param>
public sealed record ImageFiles(string Smallest, string Median, string Largest, ImmutableArray<FormatCount> Formats, ImmutableArray<UnreadableFile> Unreadable);

/// <summary>How many images there are of a format.</summary>
/// <param name="Format">jpeg, png, webp, gif, bmp, ...</param>
/// <param name="Images">Their number.</param>
public sealed record FormatCount(string Format, int Images);

/// <summary>A file that should be an image and was skipped.</summary>
/// <param name="Path">The file.</param>
/// <param name="Why">What is wrong with it.</param>
public sealed record UnreadableFile(string Path, string Why);
