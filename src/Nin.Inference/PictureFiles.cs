namespace Nin.Inference;

/// <summary>Picture files by their names.</summary>
public static class PictureFiles
{
    private static readonly string[] _endings = [".jpg", ".jpeg", ".png", ".bmp", ".webp", ".gif"];

    /// <summary>Every picture in a folder and the folders below it, in the order of their paths; hidden files and folders are left out.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IEnumerable<string> In(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true })
            .Select(file => Path.Combine(folder, Path.GetRelativePath(folder, file.FullName)))
            .Where(path => _endings.Contains(Path.GetExtension(path).ToLowerInvariant()))
            .Order(StringComparer.Ordinal);
}
