using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Nin.Weights;

/// <summary>A tensor as a file holds it: raw little-endian bytes in row-major order.</summary>
/// <param name="Dtype">As safetensors spells it: F64, F32, F16, BF16, I64, I32, U8 or BOOL.</param>
/// <param name="Shape">The dimensions; empty for a single value.</param>
/// <param name="Bytes">The product of the dimensions times the size of one value.</param>
public sealed record TensorData(string Dtype, ImmutableArray<long> Shape, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The dtypes that Nin reads and writes.</summary>
    public static IReadOnlyCollection<string> Dtypes { get; } = ["F64", "I64", "F32", "I32", "F16", "BF16", "U8", "BOOL"];

    /// <summary>A float32 tensor.</summary>
    /// <exception cref="ArgumentException">There are not as many values as the shape says.</exception>
    public static TensorData OfFloats(ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        var elements = 1L;
        foreach (var dimension in shape) elements *= dimension;
        if (elements != values.Length) throw new ArgumentException($"{values.Length} values do not fill the shape", nameof(values));
        var bytes = new byte[values.Length * 4];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * 4), values[i]);
        return new("F32", [.. shape], bytes);
    }

    /// <summary>The bytes of one value, or 0 for a dtype that Nin does not know.</summary>
    public static int SizeOf(string dtype) => dtype switch
    {
        "F64" or "I64" => 8,
        "F32" or "I32" => 4,
        "F16" or "BF16" => 2,
        "U8" or "BOOL" => 1,
        _ => 0,
    };

    /// <summary>The values of an F32, F16 or BF16 tensor; widening loses nothing.</summary>
    /// <exception cref="ModelException">The tensor has another dtype.</exception>
    public float[] ToFloats()
    {
        var bytes = Bytes.Span;
        var values = new float[bytes.Length / Math.Max(1, SizeOf(Dtype))];
        switch (Dtype)
        {
            case "F32":
                for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * 4)..]);
                return values;
            case "F16":
                for (var i = 0; i < values.Length; i++) values[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(i * 2)..]);
                return values;
            case "BF16":
                // bfloat16 is the upper half of a float32.
                for (var i = 0; i < values.Length; i++)
                    values[i] = BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * 2)..]) << 16);
                return values;
            default:
                throw new ModelException($"a tensor of dtype {Dtype} and shape [{string.Join(", ", Shape)}] is no tensor of weights", "weights are F32, F16 or BF16", "convert the file to float32");
        }
    }
}
