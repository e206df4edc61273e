using Nin.Architectures;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Nin.Benchmarks.Workers;

/// <summary>Every convolution of a network by itself, forward and backward, in bfloat16 and channels-last.</summary>
internal sealed class ConvolutionSteps : ISteps
{
    private readonly List<Alone> _convolutions = [];

    /// <summary>Draws inputs, weights and gradients, once.</summary>
    public ConvolutionSteps(BenchmarkCase benchmark)
    {
        set_num_threads(Environment.ProcessorCount); // as Nin does; libtorch's own default may leave logical cores unused
        foreach (var (index, step) in benchmark.Plan.Steps.Index())
        {
            if (step.Operation is ConvolutionOperation convolution) _convolutions.Add(new Alone(convolution, Values(benchmark.Batch, step.Input), Values(benchmark.Batch, step.Output), isFirst: index == 0));
        }
    }

    /// <inheritdoc />
    public void Take()
    {
        foreach (var convolution in _convolutions)
        {
            using var scope = NewDisposeScope();
            convolution.ForwardAndBackward();
        }
    }

    /// <summary>The tensors belong to the worker's scope.</summary>
    public void Dispose()
    {
    }

    private static Tensor Values(int batch, Shape shape) => Values(batch, shape.Channels, shape.Height, shape.Width);

    private static Tensor Values(params long[] shape) => ChannelsLast.Of(randn(shape).to_type(ScalarType.BFloat16));

    private sealed class Alone(ConvolutionOperation convolution, Tensor input, Tensor gradient, bool isFirst)
    {
        private readonly Tensor _input = input.requires_grad_(!isFirst);
        private readonly Tensor _weight = Values(convolution.Out, convolution.In, convolution.Kernel, convolution.Kernel).requires_grad_(true);
        private readonly Tensor _bias = randn(convolution.Out).to_type(ScalarType.BFloat16).requires_grad_(true);

        public void ForwardAndBackward()
        {
            var output = F.conv2d(_input, _weight, _bias, strides: [convolution.Stride, convolution.Stride], padding: [convolution.Padding, convolution.Padding]);
            // The first convolution's input needs no gradient.
            autograd.grad([output], isFirst ? [_weight, _bias] : [_input, _weight, _bias], [gradient]);
        }
    }
}
