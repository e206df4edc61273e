using static TorchSharp.torch;

namespace Nin.Training.Networks.Steps;

/// <summary>
/// Any differentiable function of PyTorch as a step, its backward left to autograd on a graph of this one step. Every operation has such a plain form;
/// it runs on every device and in every precision, and the kernels of <see cref="Compute"/> are tested against it.
/// </summary>
/// <param name="store">Holds the parameters.</param>
/// <param name="parameters">Names of the parameters, in the order in which the function takes them.</param>
/// <param name="function">Takes the input as [N, C, H, W] and the parameters; gives [N, C, H, W].</param>
internal sealed class AutogradStep(StepParameters store, string[] parameters, Func<Tensor, Tensor[], Pass, Tensor> function) : Step
{
    private Tensor? _input;
    private Tensor? _output;
    private Tensor[] _leaves = [];

    /// <inheritdoc />
    public override Tensor Forward(Tensor input, Pass pass)
    {
        using var channelsFirst = input.permute(0, 3, 1, 2);
        if (!pass.Training)
        {
            var leaves = Array.ConvertAll(parameters, store.Leaf);
            using (no_grad())
            using (NewDisposeScope())
            {
                var activation = ChannelsLast(function(channelsFirst, leaves, pass)).DetachFromDisposeScope();
                foreach (var leaf in leaves) leaf.Dispose();
                input.Dispose();
                return activation;
            }
        }
        using (enable_grad())
        {
            _leaves = Array.ConvertAll(parameters, store.Leaf);
            _input = channelsFirst.detach().requires_grad_(true);
            using (NewDisposeScope()) _output = function(_input, _leaves, pass).DetachFromDisposeScope();
            using var detached = _output.detach();
            var activation = ChannelsLast(detached);
            input.Dispose();
            return activation;
        }
    }

    /// <inheritdoc />
    public override Tensor? Backward(Tensor gradient, bool inputGradientNeeded)
    {
        if (_output is null || _input is null) throw new InvalidOperationException("Backward needs a forward pass in training first.");
        using var channelsFirst = gradient.permute(0, 3, 1, 2);
        Tensor[] targets = inputGradientNeeded ? [_input, .. _leaves] : _leaves;
        var gradients = targets.Length == 0 ? [] : autograd.grad([_output], targets, [channelsFirst]);
        var first = inputGradientNeeded ? 1 : 0;
        for (var p = 0; p < parameters.Length; p++)
        {
            store.StoreGradient(parameters[p], gradients[first + p]);
            gradients[first + p].Dispose();
        }
        Dispose();
        gradient.Dispose();
        if (!inputGradientNeeded) return null;
        using var ofInput = gradients[0];
        return ChannelsLast(ofInput);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        foreach (var leaf in _leaves) leaf.Dispose();
        _input?.Dispose();
        _output?.Dispose();
        (_input, _output, _leaves) = (null, null, []);
    }

    private static Tensor ChannelsLast(Tensor channelsFirst)
    {
        using var view = channelsFirst.permute(0, 2, 3, 1);
        return view.contiguous();
    }
}
