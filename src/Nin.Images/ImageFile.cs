namespace Nin.Images;

/// <summary>Reads files that should be pictures, as far as they may be that large.</summary>
public static class ImageFile
{
    /// <summary>The content of a file.</summary>
    /// <exception cref="ImageException">It cannot be read, is empty or too large.</exception>
    public static byte[] Read(string path, ImageLimits? limits = null)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            CheckLength(file.Length, path, limits ?? ImageLimits.Default);
            var bytes = GC.AllocateUninitializedArray<byte>((int)file.Length);
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ImageException(ImageFault.Unreadable, $"cannot read {path}", e.Message, "check the file and its permissions", e);
        }
    }

    private static ImageException Missing(string path, Exception cause)
    {
        var (name, folder) = (Path.GetFileName(path), Path.GetDirectoryName(path) is { Length: > 0 } named ? named : ".");
        if (!Directory.Exists(folder)) return new(ImageFault.Unreadable, $"there is no file {path}", $"there is no folder {folder}", "check the path", cause);
        var nearest = Suggestion.Nearest(name, Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)));
        return new(ImageFault.Unreadable, $"there is no file {path}", $"nothing in the folder {folder} has that name", nearest is null ? "check the path" : $"did you mean '{Path.Combine(Path.GetDirectoryName(path) ?? "", nearest)}'?", cause);
    }

    /// <summary>Refuses files of a length that no picture should have.</summary>
    /// <exception cref="ImageException">It is empty or too large.</exception>
    internal static void CheckLength(long bytes, string name, ImageLimits limits)
    {
        if (bytes == 0) throw new ImageException(ImageFault.Damaged, $"{name} is no picture", "the file is empty", "fetch it again, or remove it");
        if (bytes > Math.Min(limits.MaxFileBytes, Array.MaxLength))
            throw new ImageException(ImageFault.TooLarge, $"{name} is too large", $"it has {bytes:N0} bytes; {limits.MaxFileBytes:N0} are allowed", "save it smaller, or remove it");
    }
}
