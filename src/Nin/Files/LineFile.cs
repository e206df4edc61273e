using System.Text;

namespace Nin.Files;

/// <summary>Text files that grow line by line. A line that a killed process or a full disk left half written is replaced by the next one.</summary>
public static class LineFile
{
    /// <summary>Adds lines and flushes them to the disk; creates the file where it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lines">Each ends with a line feed.</param>
    /// <param name="header">Written before the first line of a file, with a line feed.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Append(string path, string lines, string header = "")
    {
        try
        {
            using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            var end = EndOfLastLine(file);
            file.SetLength(end);
            file.Position = end;
            try
            {
                file.Write(Encoding.UTF8.GetBytes(end == 0 ? header + lines : lines));
                file.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                file.SetLength(end); // It may be written again.
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"cannot write {path}", e.Message, "free space or choose a writable folder", e);
        }
    }

    private static long EndOfLastLine(FileStream file)
    {
        for (var end = file.Length; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n') return end;
        }
        return 0;
    }
}
