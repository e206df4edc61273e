using Nin.Architectures;
using Nin.Training.Native;
using Nin.Training.Networks.Steps;
using TorchSharp;
using static TorchSharp.torch;

namespace Nin.Training.Networks;

/// <summary>A network that can be trained: the plan of an architecture, with weights and gradients, on a device.</summary>
public sealed class Network : IDisposable
{
    private readonly Step[] _steps;
    private readonly bool _endsInClassMaps;
    private Tensor? _classMaps;

    /// <summary>Builds a network with all weights zero; <see cref="Initialiser"/> or <see cref="NetworkWeights"/> fill them.</summary>
    /// <param name="architecture">What to build.</param>
    /// <param name="arithmetic">On what, and in which precision.</param>
    /// <exception cref="ModelException">The layers do not fit together.</exception>
    /// <exception cref="EnvironmentException">libtorch cannot be loaded.</exception>
    public Network(Architecture architecture, Arithmetic arithmetic)
    {
        Libtorch.Load();
        Plan = architecture.Plan();
        Arithmetic = arithmetic;
        Parameters = new ParameterStore(Plan, arithmetic.Device, arithmetic.Type);
        Statistics = new RunningStatistics(Plan, arithmetic.Device);
        _endsInClassMaps = Plan.ClassMaps is not null;
        _steps = [.. StepBuilder.Build(Plan, Parameters, Statistics, arithmetic)];
    }

    /// <summary>The network spelled out.</summary>
    public Plan Plan { get; }

    /// <summary>Device and precision.</summary>
    public Arithmetic Arithmetic { get; }

    /// <summary>Weights and gradients.</summary>
    public ParameterStore Parameters { get; }

    /// <summary>What batch normalisation has seen.</summary>
    public RunningStatistics Statistics { get; }

    /// <summary>The logits of images.</summary>
    /// <param name="images">[N, H, W, C] in the network's arithmetic, normalised; disposed of.</param>
    /// <param name="pass">Training or inference.</param>
    /// <returns>[N, K], float32.</returns>
    public Tensor Forward(Tensor images, Pass pass)
    {
        var activation = images;
        for (var i = 0; i < _steps.Length; i++)
        {
            if (i == _steps.Length - 1 && _endsInClassMaps && pass.Training) KeepClassMaps(activation);
            activation = _steps[i].Forward(activation, pass);
        }
        using (activation)
        {
            using var vector = activation.reshape(activation.shape[0], -1);
            return vector.to_type(ScalarType.Float32, copy: true);
        }
    }

    /// <summary>Fills the gradients of all parameters from the gradient of the loss by the logits, [N, K] float32.</summary>
    public void Backward(Tensor gradientOfLogits)
    {
        var gradient = gradientOfLogits.reshape(gradientOfLogits.shape[0], 1, 1, -1);
        for (var i = _steps.Length - 1; i >= 0; i--) gradient = _steps[i].Backward(gradient, inputGradientNeeded: i > 0)!;
    }

    /// <summary>How many class maps were zero everywhere, for every image of the last training batch; such maps get no gradient through their ReLU.</summary>
    public int CountDeadMaps()
    {
        if (_classMaps is null) return 0;
        using var largest = _classMaps.abs().amax(0, 1, 2);
        using var dead = largest.eq(0).sum();
        return (int)dead.ToInt64();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var step in _steps) step.Dispose();
        _classMaps?.Dispose();
        Parameters.Dispose();
        Statistics.Dispose();
    }

    private void KeepClassMaps(Tensor maps)
    {
        _classMaps?.Dispose();
        _classMaps = maps.alias().DetachFromDisposeScope();
    }
}
