using System.Runtime.InteropServices;
using Google.Protobuf;
using Nin.Onnx.Format;

namespace Nin.Onnx;

/// <summary>Makes the parts of an ONNX graph.</summary>
internal static class Proto
{
    /// <summary>A node, named as its output is.</summary>
    public static NodeProto Node(string operation, string output, string[] inputs, params AttributeProto[] attributes) =>
        new() { OpType = operation, Name = output, Output = { output }, Input = { inputs }, Attribute = { attributes } };

    public static AttributeProto Attribute(string name, long value) => new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    public static AttributeProto Attribute(string name, double value) => new() { Name = name, F = (float)value, Type = AttributeProto.Types.AttributeType.Float };

    public static AttributeProto Attribute(string name, params long[] values) => new() { Name = name, Ints = { values }, Type = AttributeProto.Types.AttributeType.Ints };

    public static AttributeProto Attribute(string name, string value) => new() { Name = name, S = ByteString.CopyFromUtf8(value), Type = AttributeProto.Types.AttributeType.String };

    /// <summary>A constant tensor, row-major, little-endian.</summary>
    public static TensorProto Tensor<T>(string name, ReadOnlySpan<T> values, params long[] shape) where T : unmanaged => new()
    {
        Name = name,
        DataType = (int)TypeOf<T>(),
        Dims = { shape },
        RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)),
    };

    /// <summary>The values of a constant of floats.</summary>
    public static ReadOnlySpan<float> Floats(TensorProto tensor) => MemoryMarshal.Cast<byte, float>(tensor.RawData.Span);

    /// <summary>An input or output of the graph; a dimension below 1 is free and named by <paramref name="free"/>.</summary>
    public static ValueInfoProto Value(string name, long[] shape, string[] free)
    {
        var dimensions = new TensorShapeProto();
        for (var i = 0; i < shape.Length; i++) dimensions.Dim.Add(shape[i] > 0 ? new TensorShapeProto.Types.Dimension { DimValue = shape[i] } : new TensorShapeProto.Types.Dimension { DimParam = free[i] });
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)TensorProto.Types.DataType.Float, Shape = dimensions } } };
    }

    private static TensorProto.Types.DataType TypeOf<T>() => default(T) switch
    {
        float => TensorProto.Types.DataType.Float,
        Half => TensorProto.Types.DataType.Float16,
        sbyte => TensorProto.Types.DataType.Int8,
        byte => TensorProto.Types.DataType.Uint8,
        int => TensorProto.Types.DataType.Int32,
        long => TensorProto.Types.DataType.Int64,
        _ => throw new NotSupportedException($"{typeof(T)} has no place in an ONNX file"),
    };
}
