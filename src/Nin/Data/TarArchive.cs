using System.Collections.Immutable;
using System.Formats.Tar;

namespace Nin.Data;

/// <summary>Reads chosen files out of a .tar.gz without unpacking it to disk.</summary>
internal static class TarArchive
{
    private const string Kind = "tar archive";

    /// <summary>What each of the files gives, in the order of their names; the archive may hold them in any order.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="names">Paths inside the archive.</param>
    /// <param name="read">Reads one file, given how errors shall name it, its content and its length.</param>
    /// <exception cref="DataException">The archive is damaged or lacks one of the files.</exception>
    public static ImmutableArray<T> Read<T>(string path, ImmutableArray<string> names, Func<string, Stream, long, T> read) where T : class =>
        DataFile.Read(path, Kind, (stream, _) => ReadEntries(stream, path, names, read));

    /// <summary>The same from a stream that can seek.</summary>
    public static ImmutableArray<T> Read<T>(Stream stream, string origin, ImmutableArray<string> names, Func<string, Stream, long, T> read) where T : class =>
        DataFile.Read(stream, origin, Kind, (content, _) => ReadEntries(content, origin, names, read));

    private static ImmutableArray<T> ReadEntries<T>(Stream stream, string path, ImmutableArray<string> names, Func<string, Stream, long, T> read) where T : class
    {
        var found = new T?[names.Length];
        using var archive = new TarReader(stream, leaveOpen: true);
        while (found.Contains(null) && Next(archive, path) is { } entry)
        {
            var index = names.IndexOf(entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name);
            if (index < 0 || entry.DataStream is null) continue;
            found[index] = read($"{path}: {names[index]}", entry.DataStream, entry.Length);
        }
        var missing = Array.IndexOf(found, null);
        return missing < 0 ? [.. found!] : throw DataFile.Damaged(path, Kind, $"it lacks {names[missing]}");
    }

    private static TarEntry? Next(TarReader archive, string path)
    {
        try
        {
            return archive.GetNextEntry();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException)
        {
            throw DataFile.Damaged(path, Kind, $"it cannot be unpacked: {e.Message}", e);
        }
    }
}
