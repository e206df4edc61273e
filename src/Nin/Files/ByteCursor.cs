using System.Buffers.Binary;
using System.Text;

namespace Nin.Files;

/// <summary>Reads little-endian values from bytes in memory, front to back. No length that the bytes declare is believed beyond their end.</summary>
/// <param name="content">The bytes.</param>
/// <param name="fail">Makes the error from an offset and what is wrong there.</param>
internal sealed class ByteCursor(ReadOnlyMemory<byte> content, Func<int, string, NinException> fail)
{
    /// <summary>The offset of the next byte.</summary>
    public int Position { get; private set; }

    /// <summary>How many bytes follow.</summary>
    public int Left => content.Length - Position;

    /// <summary>The next bytes, without copying them.</summary>
    /// <exception cref="NinException">Fewer are left.</exception>
    public ReadOnlyMemory<byte> Take(long length, string what)
    {
        if (length < 0 || length > Left) throw Fail($"{what} takes {length} bytes, but {Left} are left");
        var taken = content.Slice(Position, (int)length);
        Position += (int)length;
        return taken;
    }

    /// <summary>A number of one byte.</summary>
    public byte ReadByte(string what) => Take(1, what).Span[0];

    /// <summary>A number of two bytes.</summary>
    public ushort ReadUInt16(string what) => BinaryPrimitives.ReadUInt16LittleEndian(Take(2, what).Span);

    /// <summary>A number of four bytes.</summary>
    public uint ReadUInt32(string what) => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, what).Span);

    /// <summary>A number of four bytes with a sign.</summary>
    public int ReadInt32(string what) => BinaryPrimitives.ReadInt32LittleEndian(Take(4, what).Span);

    /// <summary>A number of eight bytes with a sign.</summary>
    public long ReadInt64(string what) => BinaryPrimitives.ReadInt64LittleEndian(Take(8, what).Span);

    /// <summary>Text up to the next line feed, which is passed over.</summary>
    public string ReadLine(int longest, string what)
    {
        var ahead = content.Span.Slice(Position, Math.Min(Left, longest + 1));
        var length = ahead.IndexOf((byte)'\n');
        if (length < 0) throw Fail($"{what} does not end within {longest} bytes");
        Position += length + 1;
        return Encoding.Latin1.GetString(ahead[..length]);
    }

    /// <summary>The error for what stands at the next byte.</summary>
    public NinException Fail(string why) => FailAt(Position, why);

    /// <summary>The error for what stands at an offset.</summary>
    public NinException FailAt(int offset, string why) => fail(offset, why);
}
