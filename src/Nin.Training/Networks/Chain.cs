using System.Diagnostics;
using Nin.Training.Networks.Steps;
using static TorchSharp.torch;

namespace Nin.Training.Networks;

/// <summary>All steps of a network, one after the other, for one part of a batch.</summary>
/// <param name="steps">In the order of execution.</param>
/// <param name="gradient">Where the steps leave the gradients of the parameters, flat.</param>
internal sealed class Chain(Step[] steps, Tensor gradient) : IDisposable
{
    private Tensor? _classMaps;
    private ScalarType _type; // of the last step's output

    /// <summary>The gradients of the parameters from this part of the batch, flat.</summary>
    public Tensor Gradient => gradient;

    /// <summary>The logits of images.</summary>
    /// <param name="images">[N, H, W, C]; disposed of.</param>
    /// <param name="pass">Training or inference.</param>
    /// <param name="keepClassMaps">Remember the input of the last step.</param>
    /// <param name="profile">Gathers times, where given.</param>
    /// <returns>[N, K], in the network's arithmetic, or float32 where the last step is a mean.</returns>
    public Tensor Forward(Tensor images, Pass pass, bool keepClassMaps, NetworkProfile? profile)
    {
        var activation = images;
        for (var i = 0; i < steps.Length; i++)
        {
            if (keepClassMaps && i == steps.Length - 1) KeepClassMaps(activation);
            var startedAt = Stopwatch.GetTimestamp();
            activation = steps[i].Forward(activation, pass);
            profile?.AddForward(steps[i].Name, startedAt);
        }
        _type = activation.dtype;
        using (activation) return activation.flatten(1);
    }

    /// <summary>Fills <see cref="Gradient"/> from the gradient of the loss by the logits, [N, K]; disposed of.</summary>
    /// <param name="gradientOfLogits">[N, K].</param>
    /// <param name="first">The first step that needs a gradient; those before it get none.</param>
    /// <param name="profile">Gathers times, where given.</param>
    public void Backward(Tensor gradientOfLogits, int first, NetworkProfile? profile)
    {
        using var typed = gradientOfLogits.to_type(_type);
        Tensor? passed = typed.reshape(typed.shape[0], 1, 1, typed.shape[1]);
        gradientOfLogits.Dispose();
        for (var i = steps.Length - 1; i >= first; i--)
        {
            var startedAt = Stopwatch.GetTimestamp();
            passed = steps[i].Backward(passed!, inputGradientNeeded: i > first);
            profile?.AddBackward(steps[i].Name, startedAt);
        }
        passed?.Dispose();
        for (var i = 0; i < first; i++) steps[i].Dispose();
    }

    /// <summary>The largest magnitude in each class map of the last training batch, [K], or null before one and after one without images.</summary>
    public Tensor? LargestInClassMaps()
    {
        if (_classMaps is null || _classMaps.shape[0] == 0) return null;
        using var magnitudes = _classMaps.abs();
        return magnitudes.amax(0, 1, 2);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var step in steps) step.Dispose();
        _classMaps?.Dispose();
        gradient.Dispose();
    }

    private void KeepClassMaps(Tensor maps)
    {
        _classMaps?.Dispose();
        _classMaps = maps.alias().DetachFromDisposeScope();
    }
}
