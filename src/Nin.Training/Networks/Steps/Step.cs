using static TorchSharp.torch;

namespace Nin.Training.Networks.Steps;

/// <summary>
/// One operation of a network with its backward. Activations are [N, H, W, C] tensors in the network's arithmetic, always contiguous.
/// A step owns what it is given: it keeps it for the backward pass, changes it in place and returns it, or disposes of it.
/// </summary>
internal abstract class Step : IDisposable
{
    /// <summary>The output of an input.</summary>
    public abstract Tensor Forward(Tensor input, Pass pass);

    /// <summary>The gradient of the loss by the input, from that by the output; parameters' gradients go to the store. Null when no one needs it.</summary>
    public abstract Tensor? Backward(Tensor gradient, bool inputGradientNeeded);

    /// <summary>Lets go of what a forward pass kept, when no backward pass will come.</summary>
    public abstract void Dispose();
}
