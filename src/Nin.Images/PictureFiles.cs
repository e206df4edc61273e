using System.IO.Enumeration;

namespace Nin.Images;

/// <summary>Picture files by their names.</summary>
public static class PictureFiles
{
    // What people have that is a picture, readable or not; the unreadable ones are listed by name.
    private static readonly string[] _endings = [".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".webp", ".gif", ".ico", ".tif", ".tiff", ".heic", ".heif", ".avif", ".jp2", ".jxl"];

    /// <summary>Every picture in a folder and the folders below it, in the order of their paths; hidden files and folders are left out, and links to folders are not followed.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IEnumerable<string> In(string folder) =>
        new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(), new EnumerationOptions { RecurseSubdirectories = true })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && IsPicture(entry.FileName.ToString()),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        }.Order(StringComparer.Ordinal);

    /// <summary>Whether a file is a picture by the ending of its name. It may be of a kind that <see cref="ImageDecoder"/> refuses.</summary>
    public static bool IsPicture(string path) => _endings.Contains(Path.GetExtension(path).ToLowerInvariant());
}
