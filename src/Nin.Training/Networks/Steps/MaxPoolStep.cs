using Nin.Architectures;
using Nin.Training.Compute;
using static TorchSharp.torch;

namespace Nin.Training.Networks.Steps;

/// <summary>Max pooling on bfloat16 with integer comparisons; keeps one byte an output.</summary>
internal sealed class MaxPoolStep(MaxPoolOperation pool) : Step
{
    private Tensor? _places;
    private long[] _inputShape = [];

    /// <inheritdoc />
    public override Tensor Forward(Tensor input, Pass pass)
    {
        _inputShape = input.shape;
        var shape = new[] { input.shape[0], pool.Along((int)input.shape[1]), pool.Along((int)input.shape[2]), input.shape[3] };
        var output = empty(shape, input.dtype);
        _places = empty(shape, ScalarType.Byte);
        MaxPoolKernel.Forward(input, output, _places, pool);
        input.Dispose();
        if (!pass.Training) Dispose();
        return output;
    }

    /// <inheritdoc />
    public override Tensor? Backward(Tensor gradient, bool inputGradientNeeded)
    {
        if (_places is null) throw new InvalidOperationException("Backward needs a forward pass in training first.");
        var ofInput = empty(_inputShape, gradient.dtype);
        MaxPoolKernel.Backward(gradient, _places, ofInput, pool);
        gradient.Dispose();
        Dispose();
        return ofInput;
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _places?.Dispose();
        _places = null;
    }
}
