using Google.Protobuf;
using Nin.Architectures;
using Nin.Files;
using Nin.Onnx.Format;
using Nin.Recipes;
using Nin.Weights;

namespace Nin.Onnx;

/// <summary>
/// A model as an ONNX file: input <c>images</c> float32 [batch, C, H, W] in 0..1, red, green, blue or grey; outputs <c>logits</c> [batch, K],
/// <c>probabilities</c> [batch, K] and, where the logits are the means of class maps, <c>class_maps</c> [batch, K, h, w].
/// </summary>
public sealed class OnnxModel
{
    /// <summary>The input.</summary>
    public const string Images = "images";

    /// <summary>The output before softmax.</summary>
    public const string Logits = "logits";

    /// <summary>The output after softmax.</summary>
    public const string Probabilities = "probabilities";

    /// <summary>The output whose means are the logits.</summary>
    public const string ClassMaps = "class_maps";

    // IR 8 and operators 17 are what Debian 12's onnx knows; a resize that shrinks without moiré came with 18.
    private const int IrVersion = 8, Operators = 17, OperatorsToShrink = 18;

    private OnnxModel(ModelProto proto) => Proto = proto;

    internal ModelProto Proto { get; }

    /// <summary>Writes a network with its weights as a graph. Batch normalisation behind a convolution is folded into it.</summary>
    /// <param name="model">Weights, network, class names, scaling, sizes.</param>
    /// <param name="testAccuracy">Top-1 on the test images, 0..1, for the metadata.</param>
    /// <param name="options">How it was trained, for the metadata.</param>
    /// <exception cref="ModelException">Weights and network do not fit together.</exception>
    public static OnnxModel Of(StoredModel model, double? testAccuracy = null, TrainingOptions? options = null)
    {
        var description = model.Description;
        StateDict.Check(description.Architecture.Plan(), model.Weights, model.Path);
        return new(new()
        {
            IrVersion = IrVersion,
            ProducerName = "nin",
            ProducerVersion = typeof(OnnxModel).Assembly.GetName().Version?.ToString(3) ?? "",
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = GraphWriter.Shrinks(description) ? OperatorsToShrink : Operators } },
            Graph = GraphWriter.Write(model),
            MetadataProps = { OnnxMetadata.Of(description, testAccuracy, options).Select(pair => new StringStringEntryProto { Key = pair.Key, Value = pair.Value }) },
        });
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelException">It is missing, unreadable, or no ONNX file.</exception>
    public static OnnxModel Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var proto = ModelProto.Parser.ParseFrom(file);
            return proto.Graph is { Node.Count: > 0 } ? new(proto) : throw new ModelException($"{path} is no ONNX file", "it holds no graph", "export it again: nin export <run>");
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new ModelException($"{path} is no ONNX file", e.Message, "export it again: nin export <run>", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"cannot read {path}", e.Message, "check the path and its permissions", e);
        }
    }

    /// <summary>The same with convolutions in 16 bits; input and outputs stay float32.</summary>
    public OnnxModel ToHalf() => With(HalfPrecision.Convert(Proto.Graph), "fp16");

    /// <summary>The same with convolutions and matrix products in 8 bits; input and outputs stay float32.</summary>
    /// <param name="ranges">Of every one of <see cref="Activations"/>, measured on images like those to come.</param>
    public OnnxModel ToInt8(IReadOnlyDictionary<string, ValueRange> ranges) => With(Quantiser.Quantise(Proto.Graph, ranges), "int8");

    /// <summary>The tensors whose ranges <see cref="ToInt8"/> needs.</summary>
    public IReadOnlyList<string> Activations => [.. Quantiser.Activations(Proto.Graph)];

    /// <summary>The same with every one of <see cref="Activations"/> as an output, to measure their ranges.</summary>
    public OnnxModel Observed()
    {
        var observed = Proto.Clone();
        foreach (var name in Activations.Except(observed.Graph.Output.Select(output => output.Name)))
            observed.Graph.Output.Add(new ValueInfoProto { Name = name, Type = new() { TensorType = new() { ElemType = (int)TensorProto.Types.DataType.Float } } });
        return new(observed);
    }

    /// <summary>The same for images of any height and width, which networks without fully connected layers take.</summary>
    public OnnxModel WithAnySize()
    {
        var free = Proto.Clone();
        Free(free.Graph.Input.Single(), "height", "width");
        foreach (var output in free.Graph.Output.Where(output => output.Name == ClassMaps)) Free(output, "map_height", "map_width");
        return new(free);

        static void Free(ValueInfoProto value, string height, string width)
        {
            var shape = value.Type.TensorType.Shape;
            (shape.Dim[2], shape.Dim[3]) = (new() { DimParam = height }, new() { DimParam = width });
        }
    }

    /// <summary>The weights of the first convolution, [Count, C, k, k], and the shape [C, k, k] of one of its windows.</summary>
    /// <exception cref="ModelException">There is none, or they are not stored as float32.</exception>
    public (float[] Weights, Shape Window) FirstFilters()
    {
        var name = Proto.Graph.Node.FirstOrDefault(GraphBuilder.IsOfNetwork)?.Input[1];
        var tensor = Proto.Graph.Initializer.FirstOrDefault(constant => constant.Name == name && AreFilters(constant))
            ?? throw new ModelException("the first layer's weights are not stored as float32", "the model was exported with --precision fp16 or int8, or by another program", "use the float32 export of a run: nin export <run>");
        return (Onnx.Proto.Floats(tensor).ToArray(), new((int)tensor.Dims[1], (int)tensor.Dims[2], (int)tensor.Dims[3]));

        static bool AreFilters(TensorProto tensor) =>
            tensor is { DataType: (int)TensorProto.Types.DataType.Float, Dims: [> 0, > 0, > 0, > 0] dims, RawData.Length: var bytes } && (Int128)dims[0] * dims[1] * dims[2] * dims[3] * sizeof(float) == bytes;
    }

    /// <summary>The content of the file.</summary>
    public byte[] ToBytes() => Proto.ToByteArray();

    /// <summary>Writes the file.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void Write(string path) => AtomicFile.Write(path, Proto.WriteTo);

    private OnnxModel With(GraphProto graph, string precision)
    {
        var changed = Proto.Clone();
        changed.Graph = graph;
        changed.MetadataProps.Single(pair => pair.Key == "precision").Value = precision;
        return new(changed);
    }
}
