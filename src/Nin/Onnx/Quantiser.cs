using Nin.Onnx.Format;
using static Nin.Onnx.Proto;

namespace Nin.Onnx;

/// <summary>
/// Turns a float32 graph into one that computes with 8-bit whole numbers: around every convolution and matrix product stand QuantizeLinear and
/// DequantizeLinear nodes, which engines fuse with it. Activations are unsigned with one scale a tensor, weights signed with one scale an output map.
/// What comes before the first product of many terms stays float32: a rounding costs more than few multiplications save, and bringing large maps into
/// the layout of 8 bits costs more still.
/// </summary>
internal sealed class Quantiser
{
    /// <summary>Products of fewer terms than this cost more to round than they save.</summary>
    private const int FewestTerms = 48;

    private readonly GraphProto _source;
    private readonly int _start;
    private readonly IReadOnlyDictionary<string, ValueRange> _ranges;
    private readonly GraphProto _graph;
    private readonly Dictionary<string, ValueRange> _quantised = [];

    private Quantiser(GraphProto source, IReadOnlyDictionary<string, ValueRange> ranges)
    {
        (_source, _ranges, _start) = (source, ranges, Start(source));
        _graph = new() { Name = source.Name, Input = { source.Input }, Output = { source.Output } };
    }

    /// <summary>The activations whose ranges <see cref="Quantise"/> needs.</summary>
    public static IEnumerable<string> Activations(GraphProto graph)
    {
        var needed = new HashSet<string>();
        var start = Start(graph);
        for (var i = start; i < graph.Node.Count; i++)
        {
            if (!IsProduct(graph.Node[i])) continue;
            needed.Add(BeforePooling(graph, start, graph.Node[i].Input[0]));
            if (HasQuantisedOutput(graph.Node[i])) needed.Add(OutputOf(graph, i));
        }
        return needed;
    }

    /// <summary>The graph in 8 bits.</summary>
    /// <param name="graph">float32.</param>
    /// <param name="ranges">Of every one of <see cref="Activations"/>.</param>
    public static GraphProto Quantise(GraphProto graph, IReadOnlyDictionary<string, ValueRange> ranges)
    {
        var quantiser = new Quantiser(graph, ranges);
        for (var i = 0; i < graph.Node.Count;) i += quantiser.Add(i);
        quantiser.KeepConstantsInUse();
        return quantiser._graph;
    }

    /// <summary>Adds a node; gives how many nodes of the source it stands for.</summary>
    private int Add(int i)
    {
        var node = _source.Node[i].Clone();
        if (i >= _start && IsProduct(node))
        {
            AddProduct(node, i);
            // Unsigned steps end at zero: quantising is the ReLU.
            return HasReluBehind(_source, i) ? 2 : 1;
        }
        if (node.OpType == "MaxPool" && (_quantised.ContainsKey(node.Input[0]) || _ranges.ContainsKey(node.Input[0])))
        {
            // The largest of whole numbers is one of them: the same steps before and behind.
            (node.Input[0], var range) = QuantisedInput(node.Input[0]);
            AddWithQuantisedOutput(node, node.Output[0], range);
            return 1;
        }
        _graph.Node.Add(node);
        return 1;
    }

    private void AddProduct(NodeProto node, int i)
    {
        var input = QuantisedInput(node.Input[0]);
        var (weight, bias) = (Constant(node.Input[1]), Constant(node.Input[2]));
        var (steps, scales) = QuantisedWeights.Of(Floats(weight), (int)weight.Dims[0]);
        var biasScales = Array.ConvertAll(scales, scale => scale * input.Range.Scale);
        node.Input.Clear();
        node.Input.AddRange([input.Name, Dequantised<sbyte>(weight, steps, scales), Dequantised<int>(bias, QuantisedWeights.Bias(Floats(bias), biasScales), biasScales)]);

        var output = OutputOf(_source, i);
        if (HasQuantisedOutput(node)) AddWithQuantisedOutput(node, output, _ranges[output]);
        else _graph.Node.Add(node);
    }

    /// <summary>The dequantised form of an activation, made where there is none yet.</summary>
    private (string Name, ValueRange Range) QuantisedInput(string name)
    {
        if (_quantised.TryGetValue(name, out var known)) return (name, known);
        var range = _ranges[name];
        var rounded = $"{name}.rounded";
        if (Source(_source.Node, name) is { OpType: "MaxPool" }) RoundPooled(name, rounded, range);
        else Round(name, $"{name}.steps", rounded, range);
        return (rounded, range);
    }

    /// <summary>
    /// Rounds channels-last, the layout of 8 bits. ONNX Runtime moves rounding before a pooling, and a turn of the maps behind the rounding, which makes
    /// it pool in the slow layout and turn byte by byte. Neither passes here: a maximum with what becomes step zero, which changes nothing, holds the
    /// rounding, and a shape in which the pixels of a row are one holds the turn.
    /// </summary>
    private void RoundPooled(string from, string to, ValueRange range)
    {
        var channels = Constant(_source.Node.First(node => IsProduct(node) && node.Input[0] == from).Input[1]).Dims[1];
        var parameters = Parameters(to, range);
        _graph.Initializer.Add(Tensor<float>($"{from}.least", [-range.ZeroPoint * range.Scale]));
        _graph.Initializer.Add(Tensor<long>($"{from}.rows.shape", [0, 0, -1], 3));
        _graph.Initializer.Add(Tensor<long>($"{from}.pixels.shape", [0, 0, -1, channels], 4));
        _graph.Node.Add(Node("Transpose", $"{from}.turned", [from], Attribute("perm", 0L, 2, 3, 1)));
        _graph.Node.Add(Node("Reshape", $"{from}.rows", [$"{from}.turned", $"{from}.rows.shape"]));
        _graph.Node.Add(Node("Max", $"{from}.held", [$"{from}.rows", $"{from}.least"]));
        _graph.Node.Add(Node("QuantizeLinear", $"{from}.rows.steps", [$"{from}.held", .. parameters]));
        _graph.Node.Add(Node("Reshape", $"{from}.pixels", [$"{from}.rows.steps", $"{from}.pixels.shape"]));
        _graph.Node.Add(Node("Transpose", $"{from}.steps", [$"{from}.pixels"], Attribute("perm", 0L, 3, 1, 2)));
        _graph.Node.Add(Node("DequantizeLinear", to, [$"{from}.steps", .. parameters]));
    }

    private void AddWithQuantisedOutput(NodeProto node, string output, ValueRange range)
    {
        node.Output[0] = node.Name = $"{output}.exact";
        _graph.Node.Add(node);
        Round(node.Output[0], $"{output}.steps", output, range);
        _quantised[output] = range;
    }

    private void Round(string from, string steps, string to, ValueRange range)
    {
        var parameters = Parameters(to, range);
        _graph.Node.Add(Node("QuantizeLinear", steps, [from, .. parameters]));
        _graph.Node.Add(Node("DequantizeLinear", to, [steps, .. parameters]));
    }

    /// <summary>The constants by which an activation is rounded.</summary>
    private string[] Parameters(string rounded, ValueRange range)
    {
        string[] parameters = [$"{rounded}.scale", $"{rounded}.zero"];
        _graph.Initializer.Add(Tensor<float>(parameters[0], [range.Scale]));
        _graph.Initializer.Add(Tensor<byte>(parameters[1], [range.ZeroPoint]));
        return parameters;
    }

    /// <summary>A constant in whole numbers, one scale an output map, and the node that makes it real again.</summary>
    private string Dequantised<T>(TensorProto constant, T[] steps, float[] scales) where T : unmanaged
    {
        var name = constant.Name;
        _graph.Initializer.Add(Tensor<T>($"{name}.steps", steps, [.. constant.Dims]));
        _graph.Initializer.Add(Tensor<float>($"{name}.scale", scales, scales.Length));
        _graph.Initializer.Add(Tensor<T>($"{name}.zero", new T[scales.Length], scales.Length));
        _graph.Node.Add(Node("DequantizeLinear", name, [$"{name}.steps", $"{name}.scale", $"{name}.zero"], Attribute("axis", 0L)));
        return name;
    }

    private void KeepConstantsInUse()
    {
        var used = _graph.Node.SelectMany(node => node.Input).ToHashSet();
        var made = _graph.Node.SelectMany(node => node.Output).ToHashSet();
        _graph.Initializer.Add(_source.Initializer.Where(constant => used.Contains(constant.Name) && !made.Contains(constant.Name)));
    }

    private TensorProto Constant(string name) => Constant(_source, name);

    private static TensorProto Constant(GraphProto graph, string name) => graph.Initializer.Single(constant => constant.Name == name);

    /// <summary>The first node in 8 bits.</summary>
    private static int Start(GraphProto graph)
    {
        var start = 0;
        while (start < graph.Node.Count && !(IsProduct(graph.Node[start]) && Terms(graph.Node[start]) >= FewestTerms)) start++;
        return start;

        long Terms(NodeProto node) => Constant(graph, node.Input[1]).Dims.Skip(1).Aggregate(1L, (product, side) => product * side);
    }

    private static bool IsProduct(NodeProto node) => node.OpType == "Gemm" || GraphBuilder.IsOfNetwork(node);

    /// <summary>A matrix product gives the logits or feeds another one: its output stays exact.</summary>
    private static bool HasQuantisedOutput(NodeProto node) => node.OpType == "Conv";

    private static string OutputOf(GraphProto graph, int i) => graph.Node[HasReluBehind(graph, i) ? i + 1 : i].Output[0];

    private static bool HasReluBehind(GraphProto graph, int i) => HasQuantisedOutput(graph.Node[i]) && i + 1 < graph.Node.Count && graph.Node[i + 1].OpType == "Relu";

    private static string BeforePooling(GraphProto graph, int start, string name)
    {
        while (Source(graph.Node.Skip(start), name) is { OpType: "MaxPool" } pool) name = pool.Input[0];
        return name;
    }

    private static NodeProto? Source(IEnumerable<NodeProto> nodes, string name) => nodes.FirstOrDefault(node => node.Output[0] == name);
}
