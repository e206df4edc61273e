using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Nin.Tests.Data.Matlab;

/// <summary>Writes MATLAB 5 files element by element.</summary>
internal sealed class MatlabWriter
{
    public const byte DoubleClass = 6, UInt8Class = 9;
    // The format calls its element types mi….
    public const int MiUInt8 = 2, MiInt32 = 5, MiUInt32 = 6, MiDouble = 9, MiMatrix = 14, MiCompressed = 15;

    private readonly List<byte> _bytes = [.. Encoding.Latin1.GetBytes("MATLAB 5.0 MAT-file".PadRight(124)), 0, 1, (byte)'I', (byte)'M'];

    public byte[] Bytes => [.. _bytes];

    public MatlabWriter Add(byte[] element)
    {
        _bytes.AddRange(element);
        return this;
    }

    public static byte[] Array(string name, byte kind, int[] dimensions, int type, byte[] values, byte flags = 0) => Element(MiMatrix,
    [
        .. Element(MiUInt32, [kind, flags, 0, 0, 0, 0, 0, 0]),
        .. Element(MiInt32, [.. dimensions.SelectMany(Word)]),
        .. Element(1, Encoding.Latin1.GetBytes(name)),
        .. Element(type, values),
    ]);

    /// <summary>An element; short ones share the eight bytes of their tag.</summary>
    public static byte[] Element(int type, byte[] content) => content.Length is > 0 and <= 4
        ? [.. Word(type | (content.Length << 16)), .. content, .. new byte[4 - content.Length]]
        : [.. Word(type), .. Word(content.Length), .. content, .. new byte[(8 - content.Length % 8) % 8]];

    /// <summary>A compressed element, which is not padded.</summary>
    public static byte[] Zip(byte[] element)
    {
        using var zipped = new MemoryStream();
        using (var zlib = new ZLibStream(zipped, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(element);
        return [.. Word(MiCompressed), .. Word((int)zipped.Length), .. zipped.ToArray()];
    }

    public static byte[] Word(int value)
    {
        var word = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(word, value);
        return word;
    }
}
