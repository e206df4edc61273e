using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Nin.Data;

/// <summary>Reads IDX files, the format of MNIST: bytes in one dimension (labels) or three (images), plain or gzip-compressed.</summary>
public static class IdxReader
{
    private const string Kind = "IDX file";

    /// <summary>The whole content of a file. Memory grows with what the file really holds, never with what its header claims.</summary>
    /// <exception cref="DataException">The file is missing, unreadable, no IDX file of bytes, or shorter or longer than its header says.</exception>
    public static IdxArray Read(string path) => DataFile.Read(path, Kind, (stream, length) => Read(stream, path, length));

    /// <summary>The same of a file whose dimensions must be certain ones: <paramref name="check"/> throws where they are not, before any value is read.</summary>
    internal static IdxArray Read(string path, Action<ImmutableArray<int>> check) => DataFile.Read(path, Kind, (stream, length) => Read(stream, path, length, check));

    /// <summary>The same from a stream that can seek.</summary>
    /// <param name="stream">From its beginning to its end, plain or gzip-compressed.</param>
    /// <param name="origin">What errors call it.</param>
    /// <exception cref="DataException">The content is no IDX file of bytes, or shorter or longer than its header says.</exception>
    public static IdxArray Read(Stream stream, string origin) => DataFile.Read(stream, origin, Kind, (content, length) => Read(content, origin, length));

    /// <param name="stream">The uncompressed content.</param>
    /// <param name="path">Named in errors.</param>
    /// <param name="length">The length of the content where it is known beforehand.</param>
    /// <param name="check">Throws where the dimensions are not those expected.</param>
    private static IdxArray Read(Stream stream, string path, long? length, Action<ImmutableArray<int>>? check = null)
    {
        var dimensions = ReadHeader(stream, path);
        check?.Invoke(dimensions);
        var header = 4 + 4 * dimensions.Length;
        var declared = dimensions.Aggregate(1L, (product, dimension) => Multiply(product, dimension, path));
        if (length is { } known && known != header + declared)
            throw Damaged(path, $"its header declares {header + declared} bytes in all ({string.Join(" x ", dimensions)} values), but the file has {known}");
        var values = DataFile.ReadUpTo(stream, declared);
        if (values.Length < declared) throw EndsAt(path, header + (long)values.Length, header + declared);
        if (stream.ReadByte() >= 0) throw Damaged(path, $"it goes on after byte {header + declared}, where its header says that it ends");
        return new(dimensions, values);
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

    private static DataException EndsAt(string path, long offset, long expected) =>
        Damaged(path, $"it ends at byte {offset}, expected at least {expected} bytes");

    private static DataException Damaged(string path, string why) => DataFile.Damaged(path, Kind, why);
}
