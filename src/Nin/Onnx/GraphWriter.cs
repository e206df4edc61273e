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
    private readonly Whitening? _whitening;
    private readonly GraphBuilder _graph;
    private bool _isVector;

    private GraphWriter(StoredModel model)
    {
        (_model, _plan, _weights, _whitening) = (model.Description, model.Description.Architecture.Plan(), model.Weights, model.Whitening);
        _graph = new GraphBuilder(_plan.Architecture.Name, OnnxModel.Images);
    }

    /// <summary>The graph of a model, float32.</summary>
    /// <param name="model">Network, scaling, sizes, and every tensor of the network, checked.</param>
    public static GraphProto Write(StoredModel model)
    {
        var writer = new GraphWriter(model);
        writer.Prepare();
        for (var i = 0; i < writer._plan.Steps.Length;) i += writer.Add(i);
        writer.Finish();
        return writer._graph.Graph;
    }

    /// <summary>Whether the data is larger than what the network is fed; such a resize needs a newer version of the operators.</summary>
    public static bool Shrinks(ModelDescription model) =>
        model.DataSize is { } data && (data.Height > model.InputSize.Height || data.Width > model.InputSize.Width);

    /// <summary>Normalisation as nodes: folded into a padded convolution it would change the borders. Then the resize and what is done to whole images, as in training.</summary>
    private void Prepare()
    {
        var (input, data) = (_model.InputSize, _model.DataSize ?? _model.InputSize);
        _graph.Graph.Input.Add(Value(OnnxModel.Images, [0, data.Channels, data.Height, data.Width], ["batch", "", "height", "width"]));
        _graph.Emit("Sub", "centred", [_graph.Value, _graph.Constant("mean", PerChannel(_model.Mean), input.Channels, 1, 1)]);
        _graph.Emit("Div", "normalised", [_graph.Value, _graph.Constant("std", PerChannel(_model.Std), input.Channels, 1, 1)]);
        if ((data.Height, data.Width) != (input.Height, input.Width))
        {
            // Without excluding what lies outside, border pixels would take its weight.
            AttributeProto[] antialias = Shrinks(_model) ? [Attribute("antialias", 1L), Attribute("exclude_outside", 1L)] : [];
            var scales = _graph.Constant("scales", [1, 1, Scale(data.Height, input.Height), Scale(data.Width, input.Width)]);
            _graph.Emit("Resize", "resized", [_graph.Value, "", scales], [Attribute("mode", "linear"), .. antialias]);
        }
        PreprocessingWriter.Write(_graph, _model.Preprocessing, input, _whitening);
    }

    /// <summary>Adds the nodes of a step; gives how many steps they stand for.</summary>
    private int Add(int i)
    {
        var step = _plan.Steps[i];
        var steps = 1;
        if (_isVector && step.Operation is (ConvolutionOperation or MaxPoolOperation or AveragePoolOperation or LocalResponseNormOperation or MaxoutOperation or GlobalAverageOperation)) Unflatten($"{step.Key}.maps");
        switch (step.Operation)
        {
            case ConvolutionOperation c:
                var norm = i + 1 < _plan.Steps.Length && _plan.Steps[i + 1] is { Operation: BatchNormOperation } next ? next.Key : null;
                var folded = FoldedConvolution.Of(_weights, step.Key, norm);
                _graph.Emit("Conv", step.Key, [_graph.Value, _graph.Constant($"{step.Key}.weight", folded.Weights, c.Out, c.In, c.Kernel, c.Kernel), _graph.Constant($"{step.Key}.bias", folded.Bias, c.Out)],
                    Attribute("kernel_shape", c.Kernel, c.Kernel), Attribute("strides", c.Stride, c.Stride), Pads(c.Padding));
                steps = norm is null ? 1 : 2;
                break;
            case BatchNormOperation:
                string[] values = ["weight", "bias", "running_mean", "running_var"];
                _graph.Emit("BatchNormalization", step.Key, [_graph.Value, .. values.Select(name => _graph.Constant($"{step.Key}.{name}", _weights[$"{step.Key}.{name}"].ToFloats()))], Attribute("epsilon", BatchNormOperation.Epsilon));
                break;
            case ReluOperation:
                _graph.Emit("Relu", step.Key, [_graph.Value]);
                break;
            case MaxPoolOperation p:
                _graph.Emit("MaxPool", step.Key, [_graph.Value], Window(p.Kernel, p.Stride, p.Padding, p.Ceil));
                break;
            case AveragePoolOperation p:
                _graph.Emit("AveragePool", step.Key, [_graph.Value], Window(p.Kernel, p.Stride, p.Padding, p.Ceil));
                break;
            case LocalResponseNormOperation n:
                _graph.Emit("LRN", step.Key, [_graph.Value], Attribute("size", (long)n.Size), Attribute("alpha", n.Alpha), Attribute("beta", n.Beta), Attribute("bias", n.K));
                break;
            case MaxoutOperation m:
                AddMaxout(step.Key, m.Pieces);
                break;
            case GlobalAverageOperation:
                _graph.Emit("GlobalAveragePool", step.Key, [_graph.Value]);
                break;
            case FlattenOperation:
                Flatten(step.Key);
                break;
            case LinearOperation l:
                if (!_isVector) Flatten($"{step.Key}.flat");
                _graph.Emit("Gemm", step.Key, [_graph.Value, _graph.Constant($"{step.Key}.weight", _weights[$"{step.Key}.weight"].ToFloats(), l.Out, l.In), _graph.Constant($"{step.Key}.bias", _weights[$"{step.Key}.bias"].ToFloats())], Attribute("transB", 1L));
                break;
            case DropoutOperation:
                break;
            default:
                throw new NotSupportedException($"{step.Operation} has no ONNX node");
        }
        if (_plan.ClassMaps is { } maps && _plan.Steps.AsSpan(i, steps).Contains(maps))
        {
            if (_isVector) Unflatten($"{step.Key}.maps");
            _graph.Rename(OnnxModel.ClassMaps);
        }
        return steps;
    }

    /// <summary>Channels become depth, so that a pooling of one plane's windows is the maximum over groups of channels, at any size.</summary>
    private void AddMaxout(string key, int pieces)
    {
        _graph.Graph.Initializer.Add(Tensor<long>($"{key}.axis", [1], 1));
        _graph.Emit("Unsqueeze", $"{key}.deep", [_graph.Value, $"{key}.axis"]);
        _graph.Emit("MaxPool", $"{key}.largest", [_graph.Value], Attribute("kernel_shape", pieces, 1, 1), Attribute("strides", pieces, 1, 1));
        _graph.Emit("Squeeze", key, [_graph.Value, $"{key}.axis"]);
    }

    private void Finish()
    {
        if (!_isVector) Flatten(OnnxModel.Logits);
        _graph.Rename(OnnxModel.Logits);
        _graph.Emit("Softmax", OnnxModel.Probabilities, [OnnxModel.Logits], Attribute("axis", 1L));
        var classes = _plan.Output.Channels;
        string[] free = ["batch", "", "map_height", "map_width"];
        _graph.Graph.Output.Add(Value(OnnxModel.Logits, [0, classes], free));
        _graph.Graph.Output.Add(Value(OnnxModel.Probabilities, [0, classes], free));
        if (_plan.ClassMaps?.Output is { } maps) _graph.Graph.Output.Add(Value(OnnxModel.ClassMaps, [0, maps.Channels, maps.Height, maps.Width], free));
    }

    private void Flatten(string name)
    {
        _graph.Emit("Flatten", name, [_graph.Value], Attribute("axis", 1L));
        _isVector = true;
    }

    /// <summary>A vector as maps of one pixel: [N, K] becomes [N, K, 1, 1].</summary>
    private void Unflatten(string name)
    {
        _graph.Graph.Initializer.Add(Tensor<long>($"{name}.axes", [2, 3], 2));
        _graph.Emit("Unsqueeze", name, [_graph.Value, $"{name}.axes"]);
        _isVector = false;
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
