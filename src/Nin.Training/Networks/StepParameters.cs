using Nin.Training.Compute;
using static TorchSharp.torch;

namespace Nin.Training.Networks;

/// <summary>What the steps of one part of a batch see of the parameters: weights that all parts share, and gradients of their own.</summary>
/// <param name="store">The weights.</param>
/// <param name="gradient">The flat gradient of this part, laid out as the store's.</param>
internal sealed class StepParameters(ParameterStore store, Tensor gradient)
{
    /// <summary>The number of values of a parameter.</summary>
    public int CountOf(string name) => store[name].Count;

    /// <summary>The view that a step computes with, as a leaf of its own little graph. Normalisations stay in float32.</summary>
    public Tensor Leaf(string name)
    {
        var parameter = store[name];
        using var view = ParameterStore.View(parameter.Role is ParameterRole.NormWeight or ParameterRole.NormBias ? store.Master : store.Compute, parameter);
        return view.detach().requires_grad_(true).DetachFromDisposeScope();
    }

    /// <summary>Stores a gradient that autograd returned in the parameter's place.</summary>
    public void StoreGradient(string name, Tensor value)
    {
        using var place = ParameterStore.View(gradient, store[name]);
        place.copy_(value);
    }

    /// <summary>The float32 values of a parameter, on the CPU.</summary>
    public unsafe Span<float> Values(string name) => new(store.Master.Pointer<float>() + store[name].Offset, CountOf(name));

    /// <summary>The float32 gradient of a parameter, on the CPU.</summary>
    public unsafe Span<float> Gradients(string name) => new(gradient.Pointer<float>() + store[name].Offset, CountOf(name));
}
