using System.Collections.Immutable;
using Nin.Architectures;
using Nin.Onnx.Format;
using Nin.Weights;
using static Nin.Onnx.Proto;

namespace Nin.Onnx;

/// <summary>The reading of a plan that writes ONNX: one switch over its operations, from pixels in 0..1 to logits, probabilities and class maps.</summary>
internal sealed class GraphWriter
{
    private readonly ModelDescription _model;
    private readonly Plan _plan;
    private readonly IReadOnlyDictionary<string, TensorData> _weights;
    private readonly GraphProto _graph = new();
    private string _value = OnnxModel.Images;
    private bool _isVector;

    private GraphWriter(ModelDescription model, IReadOnlyDictionary<string, TensorData> weights)
    {
        (_model, _plan, _weights) = (model, model.Architecture.Plan(), weights);
        _graph.Name = model.Architecture.Name;
    }

    /// <summary>The graph of a model, float32.</summary>
    /// <param name="model">Network, scaling and sizes.</param>
    /// <param name="weights">Every tensor of the network, checked.</param>
    public static GraphProto Write(ModelDescription model, IReadOnlyDictionary<string, TensorData> weights)
    {
        var writer = new GraphWriter(model, weights);
        writer.Prepare();
        for (var i = 0; i < writer._plan.Steps.Length;) i += writer.Add(i);
        writer.Finish();
        return writer._graph;
    }

    /// <summary>Whether the data is larger than what the network is fed; such a resize needs a newer version of the operators.</summary>
    public static bool Shrinks(ModelDescription model) =>
        model.DataSize is { } data && (data.Height > model.InputSize.Height || data.Width > model.InputSize.Width);

    /// <summary>Normalisation as nodes: folded into a padded convolution it would change the borders. Then the resize of the training, where there was one.</summary>
    private void Prepare()
    {
        var (input, data) = (_model.InputSize, _model.DataSize ?? _model.InputSize);
        _graph.Input.Add(Value(OnnxModel.Images, [0, data.Channels, data.Height, data.Width], ["batch", "", "height", "width"]));
        Emit("Sub", "centred", [_value, Constant("mean", PerChannel(_model.Mean), input.Channels, 1, 1)]);
        Emit("Div", "normalised", [_value, Constant("std", PerChannel(_model.Std), input.Channels, 1, 1)]);
        if ((data.Height, data.Width) == (input.Height, input.Width)) return;
        float[] scales = [1, 1, Scale(data.Height, input.Height), Scale(data.Width, input.Width)];
        _graph.Initializer.Add(Tensor<float>("scales", scales, 4));
        AttributeProto[] antialias = Shrinks(_model) ? [Attribute("antialias", 1L)] : [];
        Emit("Resize", "resized", [_value, "", "scales"], [Attribute("mode", "linear"), .. antialias]);
    }

    /// <summary>Adds the nodes of a step; gives how many steps they stand for.</summary>
    private int Add(int i)
    {
        var step = _plan.Steps[i];
        var steps = 1;
        switch (step.Operation)
        {
            case ConvolutionOperation c:
                var norm = i + 1 < _plan.Steps.Length && _plan.Steps[i + 1] is { Operation: BatchNormOperation } next ? next.Key : null;
                var folded = FoldedConvolution.Of(_weights, step.Key, norm);
                Emit("Conv", step.Key, [_value, Constant($"{step.Key}.weight", folded.Weights, c.Out, c.In, c.Kernel, c.Kernel), Constant($"{step.Key}.bias", folded.Bias, c.Out)],
                    Attribute("kernel_shape", c.Kernel, c.Kernel), Attribute("strides", c.Stride, c.Stride), Pads(c.Padding));
                steps = norm is null ? 1 : 2;
                break;
            case BatchNormOperation:
                string[] values = ["weight", "bias", "running_mean", "running_var"];
                Emit("BatchNormalization", step.Key, [_value, .. values.Select(name => Constant($"{step.Key}.{name}", _weights[$"{step.Key}.{name}"].ToFloats()))], Attribute("epsilon", BatchNormOperation.Epsilon));
                break;
            case ReluOperation:
                Emit("Relu", step.Key, [_value]);
                break;
            case MaxPoolOperation p:
                Emit("MaxPool", step.Key, [_value], Window(p.Kernel, p.Stride, p.Padding, p.Ceil));
                break;
            case AveragePoolOperation p:
                Emit("AveragePool", step.Key, [_value], Window(p.Kernel, p.Stride, p.Padding, p.Ceil));
                break;
            case LocalResponseNormOperation n:
                Emit("LRN", step.Key, [_value], Attribute("size", (long)n.Size), Attribute("alpha", n.Alpha), Attribute("beta", n.Beta), Attribute("bias", n.K));
                break;
            case MaxoutOperation m:
                AddMaxout(step.Key, m.Pieces);
                break;
            case GlobalAverageOperation:
                Emit("GlobalAveragePool", step.Key, [_value]);
                break;
            case FlattenOperation:
                Flatten(step.Key);
                break;
            case LinearOperation l:
                if (!_isVector) Flatten($"{step.Key}.flat");
                Emit("Gemm", step.Key, [_value, Constant($"{step.Key}.weight", _weights[$"{step.Key}.weight"].ToFloats(), l.Out, l.In), Constant($"{step.Key}.bias", _weights[$"{step.Key}.bias"].ToFloats())], Attribute("transB", 1L));
                break;
            case DropoutOperation:
                break;
            default:
                throw new NotSupportedException($"{step.Operation} has no ONNX node");
        }
        if (_plan.ClassMaps is { } maps && _plan.Steps.AsSpan(i, steps).Contains(maps)) Rename(OnnxModel.ClassMaps);
        return steps;
    }

    /// <summary>Channels become depth, so that a pooling of one plane's windows is the maximum over groups of channels, at any size.</summary>
    private void AddMaxout(string key, int pieces)
    {
        _graph.Initializer.Add(Tensor<long>($"{key}.axis", [1], 1));
        Emit("Unsqueeze", $"{key}.deep", [_value, $"{key}.axis"]);
        Emit("MaxPool", $"{key}.largest", [_value], Attribute("kernel_shape", pieces, 1, 1), Attribute("strides", pieces, 1, 1));
        Emit("Squeeze", key, [_value, $"{key}.axis"]);
    }

    private void Finish()
    {
        if (!_isVector) Flatten(OnnxModel.Logits);
        Rename(OnnxModel.Logits);
        Emit("Softmax", OnnxModel.Probabilities, [OnnxModel.Logits], Attribute("axis", 1L));
        var classes = _plan.Output.Channels;
        string[] free = ["batch", "", "map_height", "map_width"];
        _graph.Output.Add(Value(OnnxModel.Logits, [0, classes], free));
        _graph.Output.Add(Value(OnnxModel.Probabilities, [0, classes], free));
        if (_plan.ClassMaps?.Output is { } maps) _graph.Output.Add(Value(OnnxModel.ClassMaps, [0, maps.Channels, maps.Height, maps.Width], free));
    }

    private void Flatten(string name)
    {
        Emit("Flatten", name, [_value], Attribute("axis", 1L));
        _isVector = true;
    }

    private void Emit(string operation, string output, string[] inputs, params AttributeProto[] attributes)
    {
        _graph.Node.Add(Node(operation, output, inputs, attributes));
        _value = output;
    }

    /// <summary>Gives the value that was written last the name of an output.</summary>
    private void Rename(string name)
    {
        var node = _graph.Node[^1];
        (node.Output[0], _value) = (name, name);
    }

    private string Constant(string name, float[] values, params long[] shape)
    {
        _graph.Initializer.Add(Tensor<float>(name, values, shape.Length == 0 ? [values.Length] : shape));
        return name;
    }

    private static float[] PerChannel(ImmutableArray<double> values) => [.. values.Select(value => (float)value)];

    private static AttributeProto Pads(int padding) => Attribute("pads", padding, padding, padding, padding);

    private static AttributeProto[] Window(int kernel, int stride, int padding, bool ceil) =>
        [Attribute("kernel_shape", kernel, kernel), Attribute("strides", stride, stride), Pads(padding), Attribute("ceil_mode", ceil ? 1L : 0L)];

    /// <summary>The smallest float32 scale at which a side comes out as wanted: engines round the product down.</summary>
    private static float Scale(int from, int to)
    {
        var scale = (float)to / from;
        while (MathF.Floor(from * scale) < to) scale = MathF.BitIncrement(scale);
        return scale;
    }
}
