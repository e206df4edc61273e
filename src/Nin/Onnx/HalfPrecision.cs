using Nin.Onnx.Format;
using static Nin.Onnx.Proto;

namespace Nin.Onnx;

/// <summary>Turns a float32 graph into one whose convolutions compute with 16 bits. Input, normalisation, resize, preprocessing, outputs and means stay float32.</summary>
internal static class HalfPrecision
{
    private static readonly string[] Exact = ["Sub", "Div", "Resize", "GlobalAveragePool", "Softmax", .. PreprocessingWriter.Operations];

    /// <summary>The graph in 16 bits, with casts where it changes between the two.</summary>
    public static GraphProto Convert(GraphProto source)
    {
        var graph = new GraphProto { Name = source.Name, Input = { source.Input }, Output = { source.Output } };
        var constants = source.Initializer.ToDictionary(constant => constant.Name);
        var outputs = source.Output.Select(output => output.Name).ToHashSet();
        var halves = new Dictionary<string, string>();
        var floats = new HashSet<string>();
        foreach (var original in source.Node)
        {
            var node = original.Clone();
            var exact = Exact.Contains(node.OpType) || (node.OpType == "Conv" && !GraphBuilder.IsOfNetwork(node));
            for (var i = 0; i < node.Input.Count; i++)
            {
                var name = node.Input[i];
                if (constants.TryGetValue(name, out var constant)) AddConstant(graph, constant, exact);
                else if (!exact) node.Input[i] = AsHalf(name);
                else if (!floats.Contains(name) && halves.TryGetValue(name, out var half)) AddFloat(name, half);
            }
            var output = node.Output[0];
            if (exact) floats.Add(output);
            else
            {
                node.Output[0] = halves[output] = $"{output}.half";
                node.Name = node.Output[0];
            }
            graph.Node.Add(node);
            if (!exact && outputs.Contains(output)) AddFloat(output, halves[output]);
        }
        return graph;

        string AsHalf(string name)
        {
            if (halves.TryGetValue(name, out var half)) return half;
            graph.Node.Add(Node("Cast", $"{name}.half", [name], Attribute("to", (long)TensorProto.Types.DataType.Float16)));
            return halves[name] = $"{name}.half";
        }

        void AddFloat(string name, string half)
        {
            graph.Node.Add(Node("Cast", name, [half], Attribute("to", (long)TensorProto.Types.DataType.Float)));
            floats.Add(name);
        }
    }

    private static void AddConstant(GraphProto graph, TensorProto constant, bool exact)
    {
        if (graph.Initializer.Any(known => known.Name == constant.Name)) return;
        var keep = exact || constant.DataType != (int)TensorProto.Types.DataType.Float;
        graph.Initializer.Add(keep ? constant : Tensor<Half>(constant.Name, [.. Floats(constant).ToArray().Select(value => (Half)value)], [.. constant.Dims]));
    }
}
