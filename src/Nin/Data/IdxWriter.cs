using System.Buffers.Binary;
using System.IO.Compression;
using Nin.Files;

namespace Nin.Data;

/// <summary>Writes IDX files of bytes, the format of MNIST.</summary>
public static class IdxWriter
{
    /// <summary>Writes an array; gzip-compressed where the name ends in <c>.gz</c>.</summary>
    /// <exception cref="ArgumentException">There are not as many values as the dimensions say, or not one or three dimensions.</exception>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, IdxArray array)
    {
        if (array.Dimensions.Length is not (1 or 3)) throw new ArgumentException("an IDX file has one or three dimensions here", nameof(array));
        if (array.Values.Length != array.Dimensions.Aggregate(1L, (product, dimension) => product * dimension))
            throw new ArgumentException($"{array.Values.Length} values do not fill {string.Join(" x ", array.Dimensions)}", nameof(array));

        AtomicFile.Write(path, file =>
        {
            if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            {
                Write(file, array);
                return;
            }
            using var zipped = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
            Write(zipped, array);
        });
    }

    private static void Write(Stream stream, IdxArray array)
    {
        Span<byte> word = [0, 0, 8, (byte)array.Dimensions.Length];
        stream.Write(word);
        foreach (var dimension in array.Dimensions)
        {
            BinaryPrimitives.WriteInt32BigEndian(word, dimension);
            stream.Write(word);
        }
        stream.Write(array.Values);
    }
}
