using Nin.Architectures;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Nin.Benchmarks.Workers;

/// <summary>TorchSharp by hand: float32 weights that are rounded to bfloat16 in the graph, channels-last throughout, the loss in float32.</summary>
internal sealed class HandWrittenSteps : ISteps
{
    private readonly List<Func<Tensor, Tensor>> _functions = [];
    private readonly List<Parameter> _parameters = [];
    private readonly optim.Optimizer _optimizer;
    private readonly ReadyBatches _batches;

    /// <summary>Builds the network.</summary>
    public HandWrittenSteps(BenchmarkCase benchmark)
    {
        foreach (var step in benchmark.Plan.Steps) _functions.Add(Function(step.Operation));
        _optimizer = optim.SGD(_parameters, learningRate: 1e-3, momentum: 0.9);
        _batches = new ReadyBatches(benchmark);
    }

    /// <inheritdoc />
    public void Take()
    {
        using var scope = NewDisposeScope();
        var (images, labels) = _batches.Next();
        _optimizer.zero_grad();
        var x = ChannelsLast.Of(images.to_type(ScalarType.BFloat16));
        foreach (var function in _functions) x = function(x);
        var loss = F.cross_entropy(x.flatten(1).to_type(ScalarType.Float32), labels);
        loss.backward();
        _optimizer.step();
    }

    /// <inheritdoc />
    public void Dispose() => _optimizer.Dispose();

    private Func<Tensor, Tensor> Function(Operation operation)
    {
        switch (operation)
        {
            case ConvolutionOperation c:
                var weight = Learned(ChannelsLast.Of(randn(c.Out, c.In, c.Kernel, c.Kernel) * Math.Sqrt(2.0 / (c.In * c.Kernel * c.Kernel))));
                var bias = Learned(zeros(c.Out));
                return x => F.conv2d(x, weight.to_type(ScalarType.BFloat16), bias.to_type(ScalarType.BFloat16), strides: [c.Stride, c.Stride], padding: [c.Padding, c.Padding]);
            case BatchNormOperation b:
                var (scale, shift) = (Learned(ones(b.Channels)), Learned(zeros(b.Channels)));
                var (mean, variance) = (zeros(b.Channels), ones(b.Channels));
                return x => F.batch_norm(x, mean, variance, scale, shift, training: true, BatchNormOperation.Momentum, BatchNormOperation.Epsilon);
            case ReluOperation: return x => F.relu(x);
            case MaxPoolOperation p: return x => F.max_pool2d(x, [p.Kernel, p.Kernel], [p.Stride, p.Stride], [p.Padding, p.Padding], ceil_mode: p.Ceil);
            case DropoutOperation d: return x => F.dropout(x, d.Rate);
            case GlobalAverageOperation: return x => x.mean([2, 3]);
            default: throw new NotSupportedException($"no benchmark needs {operation}");
        }
    }

    private Parameter Learned(Tensor value)
    {
        _parameters.Add(new Parameter(value));
        return _parameters[^1];
    }
}
