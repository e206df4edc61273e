using System.IO.Compression;

namespace Nin.Data;

/// <summary>Opens the files of data sets, plain or gzip-compressed, and says in one voice what is wrong with them.</summary>
internal static class DataFile
{
    private const int FirstBlock = 1 << 20;

    /// <summary>Reads a file. Compression is told by content, not by name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What it should be, for errors: <c>IDX file</c>.</param>
    /// <param name="read">Reads the uncompressed content, given its length where it is known beforehand.</param>
    /// <exception cref="DataException">The file is missing, unreadable, or its compressed data is damaged.</exception>
    public static T Read<T>(string path, string kind, Func<Stream, long?, T> read)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Read(file, path, kind, read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"cannot read {path}", e.Message, "check the path and its permissions", e);
        }
    }

    /// <summary>Reads a stream that can seek, compressed or not.</summary>
    /// <exception cref="DataException">Its compressed data is damaged.</exception>
    public static T Read<T>(Stream stream, string origin, string kind, Func<Stream, long?, T> read)
    {
        if (!IsGzip(stream)) return read(stream, stream.Length);
        try
        {
            using var unzipped = new GZipStream(stream, CompressionMode.Decompress);
            return read(unzipped, null);
        }
        catch (Exception e) when (e is InvalidDataException or IOException) // zlib's own error, which .NET keeps internal, is an IOException.
        {
            throw Damaged(origin, kind, $"its gzip data is damaged: {e.Message}", e);
        }
    }

    /// <summary>The next bytes of a stream: as many as asked for, or fewer where it ends or an array does. Memory grows with what is there, never with what is asked for.</summary>
    public static byte[] ReadUpTo(Stream stream, long most)
    {
        most = Math.Min(most, Array.MaxLength);
        var bytes = new byte[Math.Min(most, FirstBlock)];
        var filled = 0;
        while (filled < most)
        {
            if (filled == bytes.Length) Array.Resize(ref bytes, (int)Math.Min(most, 2L * bytes.Length));
            var read = stream.Read(bytes, filled, bytes.Length - filled);
            if (read == 0) break;
            filled += read;
        }
        if (filled < bytes.Length) Array.Resize(ref bytes, filled);
        return bytes;
    }

    /// <summary>The error for a file whose content is not what it should be.</summary>
    public static DataException Damaged(string path, string kind, string why, Exception? inner = null) =>
        new($"{path} is damaged or no {kind}", why, "fetch the file again", inner);

    private static bool IsGzip(Stream file)
    {
        Span<byte> magic = stackalloc byte[2];
        var read = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && magic is [0x1F, 0x8B];
    }
}
