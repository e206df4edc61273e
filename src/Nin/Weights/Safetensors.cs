using System.Buffers.Binary;
using Nin.Files;

namespace Nin.Weights;

/// <summary>
/// Reads and writes safetensors: eight bytes with the length of a JSON header, the header, then the bytes of all tensors without a gap.
/// The same tensors give the same file, bit for bit.
/// </summary>
public static class Safetensors
{
    /// <summary>The longest header that readers of the format accept, in bytes.</summary>
    internal const int LongestHeader = 100_000_000;

    /// <summary>Writes a file; wide values come first, so that every tensor is aligned, and names are sorted.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Their names and bytes.</param>
    /// <param name="metadata">Strings only.</param>
    /// <param name="keepPreviousAs">Where a file that was there before is moved to; null lets it go.</param>
    /// <exception cref="ArgumentException">A name occurs twice or is reserved, or bytes do not fit dtype and shape.</exception>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, TensorData>> tensors, IReadOnlyDictionary<string, string> metadata, string? keepPreviousAs = null)
    {
        var sorted = tensors.OrderByDescending(tensor => TensorData.SizeOf(tensor.Value.Dtype)).ThenBy(tensor => tensor.Key, StringComparer.Ordinal).ToArray();
        var header = SafetensorsHeader.Format(sorted, metadata);
        AtomicFile.Write(path, file =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            file.Write(length);
            file.Write(header);
            foreach (var (_, tensor) in sorted) file.Write(tensor.Bytes.Span);
        }, keepPreviousAs);
    }

    /// <summary>Reads a file. No length in it is believed before it has been held against the length of the file.</summary>
    /// <exception cref="ModelException">The file is missing, unreadable or malformed.</exception>
    public static SafetensorsFile Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Read(file, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"cannot read {path}", e.Message, "check the path and its permissions", e);
        }
    }

    /// <summary>Reads a stream that knows its length.</summary>
    /// <param name="stream">From its current position to its end.</param>
    /// <param name="origin">What errors call it.</param>
    /// <exception cref="ModelException">The content is malformed.</exception>
    public static SafetensorsFile Read(Stream stream, string origin)
    {
        var available = stream.Length - stream.Position;
        if (available < 8) throw Malformed(origin, $"it has {available} bytes, but the length of the header alone takes 8");
        Span<byte> word = stackalloc byte[8];
        stream.ReadExactly(word);
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(word);
        var rest = (ulong)available - 8;
        if (headerLength > LongestHeader || headerLength > rest)
            throw Malformed(origin, $"its first 8 bytes declare a header of {headerLength} bytes, expected at most {Math.Min(rest, LongestHeader)}");

        var header = new byte[headerLength];
        stream.ReadExactly(header);
        var (entries, metadata) = SafetensorsHeader.Parse(header, (long)(rest - headerLength), origin);
        var tensors = new OrderedDictionary<string, TensorData>(entries.Count);
        foreach (var entry in entries)
        {
            var bytes = new byte[entry.End - entry.Begin];
            stream.ReadExactly(bytes);
            tensors.Add(entry.Name, new(entry.Dtype, entry.Shape, bytes));
        }
        return new(tensors, metadata);
    }

    internal static ModelException Malformed(string origin, string why, Exception? inner = null) =>
        new($"{origin} is damaged or no safetensors file", why, "fetch or export the file again", inner);
}
