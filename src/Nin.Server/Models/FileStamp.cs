namespace Nin.Server.Models;

/// <summary>By which a file that was replaced is recognised.</summary>
/// <param name="Length">In bytes.</param>
/// <param name="Modified">UTC.</param>
internal sealed record FileStamp(long Length, DateTime Modified)
{
    /// <summary>That of the file which a path leads to now, through links; null where there is none to read.</summary>
    public static FileStamp? Of(string path)
    {
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return new(RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
