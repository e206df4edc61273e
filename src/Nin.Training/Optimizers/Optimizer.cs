using Nin.Recipes;
using Nin.Training.Compute;
using Nin.Training.Native;
using Nin.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Nin.Training.Optimizers;

/// <summary>
/// SGD, Adam, AdamW and Muon over the flat buffers of a <see cref="ParameterStore"/>, the first three with PyTorch's definitions. Rates and decays of groups (biases, last layer)
/// are flat buffers too, so that one pass updates everything.
/// </summary>
public sealed class Optimizer : IDisposable
{
    private readonly ParameterStore _store;
    private readonly OptimizerOptions _options;
    private readonly Tensor _rates;
    private readonly Tensor _decays;
    private readonly Parameter[] _turned; // by Muon, the largest first

    /// <summary>Starts with no memory of earlier steps.</summary>
    public Optimizer(ParameterStore store, OptimizerOptions options)
    {
        (_store, _options) = (store, options);
        _rates = PerParameter(parameter => Turns(parameter) ? 0 : (IsBias(parameter) ? options.BiasRate : 1) * FirstLayerRate(parameter) * (parameter.InLastLayer ? options.LastLayerRate : 1));
        _decays = PerParameter(parameter => !Turns(parameter) && (parameter.Role == ParameterRole.Weight || options.DecayBiases) ? options.WeightDecay : 0);
        _turned = [.. store.Parameters.Where(parameter => Turns(parameter) && FirstLayerRate(parameter) > 0).OrderByDescending(parameter => parameter.Count)];
        Mean = zeros_like(store.Master).DetachFromDisposeScope();
        Square = options.Kind is OptimizerKind.Sgd or OptimizerKind.Muon ? null : zeros_like(store.Master).DetachFromDisposeScope();
    }

    /// <summary>Momentum, or Adam's running mean of gradients; flat float32.</summary>
    public Tensor Mean { get; }

    /// <summary>Adam's running mean of squared gradients; flat float32; null for the other rules.</summary>
    public Tensor? Square { get; }

    /// <summary>Steps made, which Adam's bias correction counts.</summary>
    public long Steps { get; set; }

    /// <summary>Updates all weights from the gradients in the store.</summary>
    /// <param name="rate">The learning rate of this step.</param>
    public void Step(double rate)
    {
        Steps++;
        if (_store.Master.device.type != DeviceType.CPU) StepInTorch(rate);
        else if (Square is null) OptimizerKernel.Sgd(_store, _options, Mean, _rates, _decays, rate);
        else OptimizerKernel.Adam(_store, _options, Mean, Square, _rates, _decays, rate, Steps);
        if (_options.Kind == OptimizerKind.Muon) TurnAll(rate);
    }

    /// <summary>The same arithmetic as <see cref="OptimizerKernel"/> in PyTorch's operations, for other devices and as the kernel's reference.</summary>
    internal void StepInTorch(double rate)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var (weights, gradient) = (_store.Master, _store.Gradient);
        if (_options.Kind == OptimizerKind.AdamW) weights.mul_(1 - rate * _rates * _decays);
        else gradient = gradient + _decays * weights;

        if (Square is null)
        {
            Mean.mul_(_options.Momentum).add_(gradient);
            var update = _options.Nesterov ? gradient + _options.Momentum * Mean : Mean;
            weights.sub_(rate * _rates * update);
        }
        else
        {
            Mean.mul_(_options.Beta1).add_((1 - _options.Beta1) * gradient);
            Square!.mul_(_options.Beta2).add_((1 - _options.Beta2) * gradient * gradient);
            var root = (Square / (1 - Math.Pow(_options.Beta2, Steps))).sqrt() + _options.Epsilon;
            weights.sub_(rate / (1 - Math.Pow(_options.Beta1, Steps)) * _rates * Mean / root);
        }
        _store.RefreshCompute();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _rates.Dispose();
        _decays.Dispose();
        Mean.Dispose();
        Square?.Dispose();
    }

    /// <summary>Muon's part: the momentum is up to date, and the weights have not moved yet. The matrices are small: each core takes one after the other.</summary>
    private void TurnAll(double rate)
    {
        var cores = _store.Master.device.type == DeviceType.CPU && OpenMp.IsAvailable ? Math.Clamp(_turned.Length, 1, Cores.Count) : 1;
        var taken = 0;
        Cores.SideBySide(cores, _ =>
        {
            if (cores > 1) OpenMp.UseThreads(1);
            for (var i = Interlocked.Increment(ref taken); i <= _turned.Length; i = Interlocked.Increment(ref taken)) Turn(_turned[i - 1], rate);
        });
        _store.RefreshCompute();
    }

    private void Turn(Parameter parameter, double rate)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        Tensor Matrix(Tensor flat) => flat.narrow(0, parameter.Offset, parameter.Count).view(parameter.Shape[0], -1);
        var momentum = _options.Nesterov ? Matrix(_store.Gradient) + _options.Momentum * Matrix(Mean) : Matrix(Mean);
        Muon.Turn(Matrix(_store.Master), momentum, rate * FirstLayerRate(parameter), _store.Compute.dtype);
    }

    private bool Turns(Parameter parameter) => _options.Kind == OptimizerKind.Muon && Muon.Moves(parameter);

    private double FirstLayerRate(Parameter parameter) => parameter.InFirstLayer ? _options.FirstLayerRate : 1;

    private static bool IsBias(Parameter parameter) => parameter.Role is ParameterRole.Bias or ParameterRole.NormBias;

    private Tensor PerParameter(Func<Parameter, double> value)
    {
        var values = new float[_store.Master.numel()];
        foreach (var parameter in _store.Parameters) Array.Fill(values, (float)value(parameter), parameter.Offset, parameter.Count);
        using var onCpu = tensor(values);
        return onCpu.to(_store.Master.device, copy: true).DetachFromDisposeScope();
    }
}
