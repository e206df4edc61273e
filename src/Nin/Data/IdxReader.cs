using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;

namespace Nin.Data;

/// <summary>Reads IDX files, the format of MNIST: bytes in one dimension (labels) or three (images), plain or gzip-compressed.</summary>
public static class IdxReader
{
    private const int FirstBlock = 1 << 20;

    /// <summary>The whole content of a file. Memory grows with what the file really holds, never with what its header claims.</summary>
    /// <exception cref="DataException">The file is missing, unreadable, no IDX file of bytes, or shorter or longer than its header says.</exception>
    public static IdxArray Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (!IsGzip(file)) return Read(file, path, file.Length);
            using var unzipped = new GZipStream(file, CompressionMode.Decompress);
            return Read(unzipped, path, null);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(path, $"its gzip data is damaged: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"cannot read {path}", e.Message, "check the path and its permissions", e);
        }
    }

    private static bool IsGzip(FileStream file)
    {
        Span<byte> magic = stackalloc byte[2];
        var read = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && magic is [0x1F, 0x8B];
    }

    /// <param name="stream">The uncompressed content.</param>
    /// <param name="path">Named in errors.</param>
    /// <param name="length">The length of the content where it is known beforehand.</param>
    private static IdxArray Read(Stream stream, string path, long? length)
    {
        var dimensions = ReadHeader(stream, path);
        var header = 4 + 4 * dimensions.Length;
        var declared = dimensions.Aggregate(1L, (product, dimension) => Multiply(product, dimension, path));
        if (length is { } known && known != header + declared)
            throw Damaged(path, $"its header declares {header + declared} bytes in all ({string.Join(" x ", dimensions)} values), but the file has {known}");
        return new(dimensions, ReadValues(stream, path, header, declared));
    }

    private static ImmutableArray<int> ReadHeader(Stream stream, string path)
    {
        Span<byte> word = stackalloc byte[4];
        var read = stream.ReadAtLeast(word, 4, throwOnEndOfStream: false);
        if (read < 4) throw EndsAt(path, read, 4);
        if (word is not [0, 0, 8, 1 or 3])
            throw Damaged(path, $"it begins with {Convert.ToHexString(word)} at byte 0, where an IDX file of bytes has 00000801 (labels) or 00000803 (images)");

        var dimensions = new int[word[3]];
        for (var i = 0; i < dimensions.Length; i++)
        {
            var offset = 4 + 4 * i;
            read = stream.ReadAtLeast(word, 4, throwOnEndOfStream: false);
            if (read < 4) throw EndsAt(path, offset + read, 4 + 4 * dimensions.Length);
            dimensions[i] = BinaryPrimitives.ReadInt32BigEndian(word);
            if (dimensions[i] < 1) throw Damaged(path, $"dimension {i + 1} at byte {offset} is {(uint)dimensions[i]}, expected 1 to {int.MaxValue}");
        }
        return [.. dimensions];
    }

    private static long Multiply(long product, int dimension, string path) =>
        product * dimension <= Array.MaxLength
            ? product * dimension
            : throw Damaged(path, $"its header declares {(Int128)product * dimension} values, more than the {Array.MaxLength} that fit in memory as one array");

    private static byte[] ReadValues(Stream stream, string path, int header, long declared)
    {
        var values = new byte[Math.Min(declared, FirstBlock)];
        var filled = 0;
        while (filled < declared)
        {
            if (filled == values.Length) Array.Resize(ref values, (int)Math.Min(declared, 2L * values.Length));
            var read = stream.Read(values, filled, values.Length - filled);
            if (read == 0) throw EndsAt(path, header + (long)filled, header + declared);
            filled += read;
        }
        if (stream.ReadByte() >= 0) throw Damaged(path, $"it goes on after byte {header + declared}, where its header says that it ends");
        return values;
    }

    private static DataException EndsAt(string path, long offset, long expected) =>
        Damaged(path, $"it ends at byte {offset}, expected at least {expected} bytes");

    private static DataException Damaged(string path, string why, Exception? inner = null) =>
        new($"{path} is damaged or no IDX file", why, "fetch the file again", inner);
}
