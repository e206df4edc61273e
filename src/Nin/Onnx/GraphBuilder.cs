using Nin.Onnx.Format;

namespace Nin.Onnx;

/// <summary>A chain of nodes that grows at its end.</summary>
/// <param name="name">Of the graph.</param>
/// <param name="input">The value that the first node reads.</param>
internal sealed class GraphBuilder(string name, string input)
{
    /// <summary>What was built so far.</summary>
    public GraphProto Graph { get; } = new() { Name = name };

    /// <summary>The value at the end of the chain.</summary>
    public string Value { get; private set; } = input;

    /// <summary>Whether a node is a convolution of the network: those have a bias, the fixed windows of preprocessing have none.</summary>
    public static bool IsOfNetwork(NodeProto node) => node is { OpType: "Conv", Input.Count: 3 };

    /// <summary>Adds a node; its output is the new end.</summary>
    public string Emit(string operation, string output, string[] inputs, params AttributeProto[] attributes)
    {
        Graph.Node.Add(Proto.Node(operation, output, inputs, attributes));
        return Value = output;
    }

    /// <summary>Gives the end of the chain the name of an output.</summary>
    public void Rename(string output)
    {
        Graph.Node[^1].Output[0] = Value = output;
    }

    /// <summary>Adds a constant; a vector where no shape is given.</summary>
    public string Constant(string constant, float[] values, params long[] shape)
    {
        Graph.Initializer.Add(Proto.Tensor<float>(constant, values, shape.Length == 0 ? [values.Length] : shape));
        return constant;
    }
}
