using Nin.Training.Compute;
using static TorchSharp.torch;

namespace Nin.Training.Networks.Steps;

/// <summary>Dropout in place on bfloat16; the backward pass draws the same mask again.</summary>
/// <param name="rate">The share of values that become zero.</param>
/// <param name="layer">The place of the layer in the network; gives each layer masks of its own.</param>
internal sealed class DropoutStep(double rate, int layer) : Step
{
    private Pass _pass;

    /// <inheritdoc />
    public override Tensor Forward(Tensor input, Pass pass)
    {
        _pass = pass;
        if (pass.Training) Apply(input);
        return input;
    }

    /// <inheritdoc />
    public override Tensor? Backward(Tensor gradient, bool inputGradientNeeded)
    {
        Apply(gradient);
        return gradient;
    }

    /// <inheritdoc />
    public override void Dispose()
    {
    }

    /// <summary>The same dropout as a factor on any device, in any precision.</summary>
    public static Tensor Plain(Tensor x, double rate, int layer, Pass pass)
    {
        if (!pass.Training) return x.alias();
        var channelsLast = new[] { x.shape[0], x.shape[2], x.shape[3], x.shape[1] };
        var factors = DropoutKernel.Factors(x.shape[0], x.numel() / Math.Max(1, x.shape[0]), rate, DropoutKernel.Key(pass.Seed, pass.Step, layer), pass.FirstImage);
        using var onDevice = tensor(factors, channelsLast).to(x.dtype, x.device);
        using var channelsFirst = onDevice.permute(0, 3, 1, 2);
        return x * channelsFirst;
    }

    private void Apply(Tensor x) => DropoutKernel.Apply(x, rate, DropoutKernel.Key(_pass.Seed, _pass.Step, layer), _pass.FirstImage);
}
