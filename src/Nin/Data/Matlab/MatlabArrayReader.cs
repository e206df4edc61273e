using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Nin.Files;

namespace Nin.Data.Matlab;

/// <summary>Reads one array: its flags, dimensions, name and values, each an element of its own.</summary>
internal static class MatlabArrayReader
{
    private const uint Complex = 0x0800;
    private const int MostDimensions = 8;
    private const int LongestName = 63;

    /// <summary>What stands before the values takes no more: flags, dimensions and name.</summary>
    public const int MostHeaderBytes = 128;

    /// <summary>The name of an array, given the content of its element or the first <see cref="MostHeaderBytes"/> of it.</summary>
    /// <exception cref="DataException">It is damaged, or no array of numbers.</exception>
    public static string ReadName(ByteCursor content) => ReadHeader(content).Name;

    /// <summary>An array, given the content of its element.</summary>
    /// <exception cref="DataException">It is damaged, or no array of numbers.</exception>
    public static MatlabArray Read(ByteCursor content)
    {
        var (dimensions, name) = ReadHeader(content);
        var (valueType, values) = ReadElement(content);
        var count = dimensions.Aggregate((Int128)1, (product, dimension) => Int128.Min(product * dimension, long.MaxValue));
        var size = MatlabArray.SizeOf(valueType);
        if (size == 0) throw content.Fail($"the values have the type {(int)valueType}, expected numbers");
        if (count * size != values.Length) throw content.Fail($"an array of {string.Join(" x ", dimensions)} has {values.Length} bytes, expected {count * size}");
        return new(name, dimensions, valueType, values);
    }

    private static (ImmutableArray<int> Dimensions, string Name) ReadHeader(ByteCursor content)
    {
        CheckFlags(content);
        var dimensions = ReadDimensions(content);
        var (type, name) = ReadElement(content);
        if (type != MatlabType.Int8 || name.Length > LongestName)
            throw content.Fail($"the name has the type {(int)type} and {name.Length} bytes, expected type 1 and at most {LongestName} bytes");
        return (dimensions, Encoding.Latin1.GetString(name.Span));
    }

    private static void CheckFlags(ByteCursor content)
    {
        var (type, flags) = ReadElement(content);
        if (type != MatlabType.UInt32 || flags.Length != 8) throw content.Fail($"an array begins with {flags.Length} bytes of type {(int)type}, expected 8 bytes of flags, type 6");
        var word = BinaryPrimitives.ReadUInt32LittleEndian(flags.Span);
        var kind = (MatlabClass)(word & 0xFF);
        if (kind is < MatlabClass.Double or > MatlabClass.UInt32) throw content.Fail($"a variable is of the class {kind}, expected numbers of at most 32 bits or doubles");
        if ((word & Complex) != 0) throw content.Fail("a variable holds complex numbers, expected real ones");
    }

    private static ImmutableArray<int> ReadDimensions(ByteCursor content)
    {
        var (type, bytes) = ReadElement(content);
        if (type != MatlabType.Int32 || bytes.Length % 4 != 0 || bytes.Length / 4 is < 2 or > MostDimensions)
            throw content.Fail($"the dimensions are {bytes.Length} bytes of type {(int)type}, expected 2 to {MostDimensions} numbers of type 5");
        var dimensions = new int[bytes.Length / 4];
        for (var i = 0; i < dimensions.Length; i++)
        {
            dimensions[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[(4 * i)..]);
            if (dimensions[i] < 1) throw content.Fail($"dimension {i + 1} is {dimensions[i]}, expected at least 1");
        }
        return [.. dimensions];
    }

    /// <summary>An element of up to four bytes shares the eight bytes of its tag; a longer one is padded to eight.</summary>
    private static (MatlabType Type, ReadOnlyMemory<byte> Content) ReadElement(ByteCursor content)
    {
        var word = content.ReadUInt32("an element's type");
        var small = word >> 16;
        if (small > 4) throw content.Fail($"a small element declares {small} bytes, expected at most 4");
        if (small > 0) return ((MatlabType)(word & 0xFFFF), content.Take(4, "a small element")[..(int)small]);
        var length = content.ReadUInt32("an element's length");
        var taken = content.Take(length, "an element");
        // Some writers leave the padding of the last element away.
        content.Take(Math.Min((8 - length % 8) % 8, content.Left), "padding");
        return ((MatlabType)word, taken);
    }
}
