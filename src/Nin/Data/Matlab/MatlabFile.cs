using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using Nin.Files;

namespace Nin.Data.Matlab;

/// <summary>Reads MATLAB 5 files (what MATLAB saves with -v6 and -v7, and SciPy's savemat) that hold arrays of numbers and nothing else.</summary>
internal static class MatlabFile
{
    private const string Kind = "MATLAB 5 file";
    private const int HeaderBytes = 128;
    private const int TagBytes = 8;
    private const int MostVariables = 16;

    /// <summary>
    /// The variables of certain names, as far as a file has them; of those with the same name, the first. Others are not unpacked. Memory grows with what the
    /// file really holds, never with what it declares.
    /// </summary>
    /// <exception cref="DataException">The file is missing, unreadable, damaged, or holds anything but arrays of numbers.</exception>
    public static ImmutableArray<MatlabArray> Read(string path, ImmutableArray<string> names) => DataFile.Read(path, Kind, (stream, _) => ReadVariables(stream, path, names));

    /// <summary>The same from a stream that can seek.</summary>
    public static ImmutableArray<MatlabArray> Read(Stream stream, string origin, ImmutableArray<string> names) =>
        DataFile.Read(stream, origin, Kind, (content, _) => ReadVariables(content, origin, names));

    private static ImmutableArray<MatlabArray> ReadVariables(Stream stream, string path, ImmutableArray<string> names)
    {
        CheckHeader(DataFile.ReadUpTo(stream, HeaderBytes), path);
        var arrays = ImmutableArray.CreateBuilder<MatlabArray>();
        var (offset, variables) = ((long)HeaderBytes, 0);
        while (DataFile.ReadUpTo(stream, TagBytes) is { Length: > 0 } tag)
        {
            if (variables++ == MostVariables) throw Damaged(path, offset, $"it has more than {MostVariables} variables");
            var (type, length) = Tag(tag, path, offset);
            var content = DataFile.ReadUpTo(stream, length);
            if (content.Length < length) throw Damaged(path, offset, $"a variable takes {length} bytes, but {content.Length} are left");
            var (at, room) = (offset + TagBytes, Array.MaxLength - arrays.Sum(array => (long)array.Bytes.Length));
            var variable = type switch
            {
                MatlabType.Matrix => IsWanted(Plain(content, path, at)) ? MatlabArrayReader.Read(Plain(content, path, at)) : null,
                MatlabType.Compressed => IsWanted(Unpacked(content, path, at, Array.MaxLength, MatlabArrayReader.MostHeaderBytes)) ? MatlabArrayReader.Read(Unpacked(content, path, at, room)) : null,
                _ => throw Damaged(path, offset, $"there is an element of type {(int)type}, expected 14 (an array) or 15 (a compressed array)"),
            };
            if (variable is not null) arrays.Add(variable);
            offset = at + length;
        }
        return arrays.ToImmutable();

        bool IsWanted(ByteCursor header)
        {
            var name = MatlabArrayReader.ReadName(header);
            return names.Contains(name) && arrays.All(array => array.Name != name);
        }
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

    private static ByteCursor Plain(byte[] content, string path, long offset) => new(content, (position, why) => Damaged(path, offset + position, why));

    private static ByteCursor Unpacked(byte[] compressed, string path, long offset, long room, int first = int.MaxValue) =>
        new(Decompress(compressed, path, offset, room, first), (position, why) => DataFile.Damaged(path, Kind, $"at byte {offset}, unpacked byte {TagBytes + position}: {why}"));

    /// <summary>The content of an element that may have <paramref name="room"/> bytes, or the <paramref name="first"/> of them.</summary>
    private static byte[] Decompress(byte[] compressed, string path, long offset, long room, int first)
    {
        try
        {
            using var stream = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
            var (type, length) = Tag(DataFile.ReadUpTo(stream, TagBytes), path, offset);
            if (type != MatlabType.Matrix) throw Damaged(path, offset, $"it unpacks to an element of type {(int)type}, expected 14 (an array)");
            if (length > room) throw Damaged(path, offset, $"it unpacks to {length} bytes, but {room} are left of the {Array.MaxLength} that all variables may take");
            var taken = Math.Min(length, first);
            var content = DataFile.ReadUpTo(stream, taken);
            if (content.Length < taken) throw Damaged(path, offset, $"it unpacks to {content.Length} bytes, expected {length}");
            // The checksum is only compared at the very end.
            return taken < length || stream.ReadByte() < 0 ? content : throw Damaged(path, offset, $"it unpacks to more than the {length} bytes that it declares");
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
