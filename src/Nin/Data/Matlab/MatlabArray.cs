using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Nin.Data.Matlab;

/// <summary>An array of numbers. The first index runs fastest.</summary>
/// <param name="Name">Of the variable.</param>
/// <param name="Dimensions">At least two.</param>
/// <param name="Type">How each value is stored, which may take less room than the type that the variable has in MATLAB.</param>
/// <param name="Bytes">The values, little-endian.</param>
internal sealed record MatlabArray(string Name, ImmutableArray<int> Dimensions, MatlabType Type, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The product of the dimensions.</summary>
    public int Count => Bytes.Length / SizeOf(Type);

    /// <summary>One value.</summary>
    public double this[int index]
    {
        get
        {
            var bytes = Bytes.Span[(index * SizeOf(Type))..];
            return Type switch
            {
                MatlabType.Int8 => (sbyte)bytes[0],
                MatlabType.UInt8 => bytes[0],
                MatlabType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
                MatlabType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
                MatlabType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
                MatlabType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
                MatlabType.Single => BinaryPrimitives.ReadSingleLittleEndian(bytes),
                _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            };
        }
    }

    /// <summary>The bytes of a value, or 0 for what is no number.</summary>
    public static int SizeOf(MatlabType type) => type switch
    {
        MatlabType.Int8 or MatlabType.UInt8 => 1,
        MatlabType.Int16 or MatlabType.UInt16 => 2,
        MatlabType.Int32 or MatlabType.UInt32 or MatlabType.Single => 4,
        MatlabType.Double => 8,
        _ => 0,
    };
}
