using Nin.Training.Compute;
using static TorchSharp.torch;

namespace Nin.Training.Networks.Steps;

/// <summary>ReLU in place on bfloat16; keeps its own output to know where gradients pass.</summary>
internal sealed class ReluStep : Step
{
    private Tensor? _output;

    /// <inheritdoc />
    public override Tensor Forward(Tensor input, Pass pass)
    {
        ReluKernel.Forward(input);
        if (pass.Training) _output = input.alias();
        return input;
    }

    /// <inheritdoc />
    public override Tensor? Backward(Tensor gradient, bool inputGradientNeeded)
    {
        if (_output is null) throw new InvalidOperationException("Backward needs a forward pass in training first.");
        ReluKernel.Backward(gradient, _output);
        Dispose();
        return gradient;
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _output?.Dispose();
        _output = null;
    }
}
