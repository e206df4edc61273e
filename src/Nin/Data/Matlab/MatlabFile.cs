using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;

namespace Nin.Data.Matlab;

/// <summary>Reads MATLAB 5 files (what MATLAB saves with -v6 and -v7, and SciPy's savemat) that hold arrays of numbers and nothing else.</summary>
internal static class MatlabFile
{
    private const string Kind = "MATLAB 5 file";
    private const int HeaderBytes = 128;
    private const int TagBytes = 8;
    private const int MostVariables = 16;

    /// <summary>All variables of a file. Memory grows with what the file really holds, never with what it declares.</summary>
    /// <exception cref="DataException">The file is missing, unreadable, damaged, or holds anything but arrays of numbers.</exception>
    public static ImmutableArray<MatlabArray> Read(string path) => DataFile.Read(path, Kind, (stream, _) => ReadVariables(stream, path));

    /// <summary>The same from a stream that can seek.</summary>
    public static ImmutableArray<MatlabArray> Read(Stream stream, string origin) => DataFile.Read(stream, origin, Kind, (content, _) => ReadVariables(content, origin));

    private static ImmutableArray<MatlabArray> ReadVariables(Stream stream, string path)
    {
        CheckHeader(DataFile.ReadUpTo(stream, HeaderBytes), path);
        var arrays = ImmutableArray.CreateBuilder<MatlabArray>();
        var offset = (long)HeaderBytes;
        while (DataFile.ReadUpTo(stream, TagBytes) is { Length: > 0 } tag)
        {
            if (arrays.Count == MostVariables) throw Damaged(path, offset, $"it has more than {MostVariables} variables");
            var (type, length) = Tag(tag, path, offset);
            var content = DataFile.ReadUpTo(stream, length);
            if (content.Length < length) throw Damaged(path, offset, $"a variable takes {length} bytes, but {content.Length} are left");
            arrays.Add(type switch
            {
                MatlabType.Matrix => Variable(content, path, offset + TagBytes, "byte"),
                MatlabType.Compressed => Variable(Decompress(content, path, offset + TagBytes), path, TagBytes, $"byte {offset + TagBytes}, unpacked byte"),
                _ => throw Damaged(path, offset, $"there is an element of type {(int)type}, expected 14 (an array) or 15 (a compressed array)"),
            });
            offset += TagBytes + length;
        }
        return arrays.ToImmutable();
    }

    private static void CheckHeader(ReadOnlySpan<byte> header, string path)
    {
        if (header.Length < HeaderBytes) throw Damaged(path, header.Length, $"it ends, expected a header of {HeaderBytes} bytes");
        if (header[124..] is not [0, 1, (byte)'I', (byte)'M'])
        {
            throw new DataException(
                $"{path} is no {Kind} that can be read",
                $"at byte 124: its version is {Convert.ToHexString(header[124..])}, expected 0001494D (version 5, little-endian)",
                "fetch the file again, or save it in MATLAB with -v7 on a little-endian machine");
        }
    }

    private static MatlabArray Variable(byte[] content, string path, long offset, string where) =>
        MatlabArrayReader.Read(new(content, (position, why) => DataFile.Damaged(path, Kind, $"at {where} {offset + position}: {why}")));

    private static byte[] Decompress(byte[] compressed, string path, long offset)
    {
        try
        {
            using var stream = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
            var (type, length) = Tag(DataFile.ReadUpTo(stream, TagBytes), path, offset);
            if (type != MatlabType.Matrix) throw Damaged(path, offset, $"it unpacks to an element of type {(int)type}, expected 14 (an array)");
            var content = DataFile.ReadUpTo(stream, length);
            if (content.Length < length) throw Damaged(path, offset, $"it unpacks to {content.Length} bytes, expected {length}");
            // The checksum is only compared at the very end.
            return stream.ReadByte() < 0 ? content : throw Damaged(path, offset, $"it unpacks to more than the {length} bytes that it declares");
        }
        catch (Exception e) when (e is InvalidDataException or IOException) // zlib's own error, which .NET keeps internal, is an IOException.
        {
            throw Damaged(path, offset, $"the compressed data is damaged: {e.Message}", e);
        }
    }

    private static (MatlabType Type, uint Length) Tag(ReadOnlySpan<byte> tag, string path, long offset)
    {
        if (tag.Length < TagBytes) throw Damaged(path, offset, $"an element begins with {tag.Length} bytes, expected at least {TagBytes}");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(tag[4..]);
        if (length > Array.MaxLength) throw Damaged(path, offset, $"an element declares {length} bytes, more than the {Array.MaxLength} that fit in memory as one array");
        return ((MatlabType)BinaryPrimitives.ReadUInt32LittleEndian(tag), length);
    }

    private static DataException Damaged(string path, long offset, string why, Exception? inner = null) => DataFile.Damaged(path, Kind, $"at byte {offset}: {why}", inner);
}
