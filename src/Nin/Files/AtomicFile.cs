using System.Text;

namespace Nin.Files;

/// <summary>Writes a file whole or not at all: to a temporary name in the same folder, flushed to the disk, then renamed over the old one.</summary>
public static class AtomicFile
{
    private const string Ending = ".tmp";

    /// <summary>Writes what <paramref name="write"/> puts into the stream; creates the folder where it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Gives its content.</param>
    /// <param name="keepPreviousAs">Where a file that was there before is moved to; null lets it go.</param>
    /// <exception cref="OutputException">The folder cannot be written to, or the disk is full; a file that was there before is unchanged.</exception>
    public static void Write(string path, Action<FileStream> write, string? keepPreviousAs = null)
    {
        var full = Path.GetFullPath(path);
        var temporary = $"{full}.{Path.GetRandomFileName()}{Ending}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            if (keepPreviousAs is not null && File.Exists(full)) File.Move(full, keepPreviousAs, overwrite: true);
            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"cannot write {path}", e.Message, "free space or choose a writable folder", e);
        }
        finally
        {
            TryDelete(temporary);
        }
    }

    /// <summary>Writes <paramref name="text"/> as UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Write" path="/exception" />
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Deletes the temporary files that killed processes have left in a folder and those below it. No other process may be writing there.</summary>
    public static void DeleteLeftovers(string folder)
    {
        foreach (var temporary in Directory.EnumerateFiles(folder, $"*{Ending}", SearchOption.AllDirectories)) TryDelete(temporary);
    }

    /// <summary>Deletes a file that is of no use any more. One that cannot be deleted stays.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where it matters, the next write fails too and says more.
        }
    }
}
