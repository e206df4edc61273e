using System.Security.Cryptography;

namespace Nin.Images.Folders;

/// <summary>What is known of an image file without decoding it, and how to tell whether it has changed since.</summary>
/// <param name="Path">The file.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Modified">When it was last written, in ticks of UTC.</param>
/// <param name="Hash">SHA-256 of its content, in hexadecimal digits; empty where it could not be read.</param>
/// <param name="Header">What its header says; null where it is no picture.</param>
/// <param name="Unreadable">Why it is none; null where it is one.</param>
internal sealed record ImageFacts(string Path, long Length, long Modified, string Hash, ImageHeader? Header, string? Unreadable)
{
    /// <summary>Looks at a file.</summary>
    public static ImageFacts Of(string path, ImageLimits limits)
    {
        // Before reading: what is written meanwhile is noticed the next time.
        var (length, modified) = Stamp(path);
        var hash = "";
        try
        {
            var content = ImageFile.Read(path, limits);
            hash = Convert.ToHexStringLower(SHA256.HashData(content));
            return new(path, length, modified, hash, ImageDecoder.ReadHeader(content, path, limits), null);
        }
        catch (ImageException e)
        {
            return new(path, length, modified, hash, null, e.Why);
        }
    }

    /// <summary>
    /// Whether the picture is as it was. One that was written within two seconds of being looked at may have changed since without showing it; and what kept a
    /// file from being one, such as its permissions, may be over without a trace on the file.
    /// </summary>
    public bool StillHold(long lookedAt) => Header is not null && Modified < lookedAt - 2 * TimeSpan.TicksPerSecond && Stamp(Path) == (Length, Modified);

    /// <summary>Of a link, that of the file it leads to.</summary>
    private static (long Length, long Modified) Stamp(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.LinkTarget is not null) file = (FileInfo)file.ResolveLinkTarget(returnFinalTarget: true)!;
            return file.Exists ? (file.Length, file.LastWriteTimeUtc.Ticks) : (-1, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (-1, 0); // Links in a circle, or gone meanwhile: reading it says more.
        }
    }
}
