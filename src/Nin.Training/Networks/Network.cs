using Nin.Architectures;
using Nin.Training.Compute;
using Nin.Training.Distributed;
using Nin.Training.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Nin.Training.Networks;

/// <summary>
/// A network that can be trained: the plan of an architecture, with weights and gradients, on a device. On the CPU a batch is cut into parts, one a core,
/// and each core takes its part through the whole network: no operation waits for the others to finish, and activations stay in the core's own cache.
/// </summary>
public sealed class Network : IDisposable
{
    private const int LeastImagesInAPart = 8; // smaller parts cost more in overhead than another core brings

    private readonly Exchange[] _exchanges;
    private readonly Chain[] _chains;
    private int _parts; // of the last training batch
    private readonly bool _endsInClassMaps;
    private readonly bool _meetsOtherRanks;

    /// <summary>Builds a network with all weights zero; <see cref="Initialiser"/> or <see cref="NetworkWeights"/> fill them.</summary>
    /// <param name="architecture">What to build.</param>
    /// <param name="arithmetic">On what, and in which precision.</param>
    /// <param name="normalisedOver">Over whose parts of a batch the statistics of batch normalisation are taken; null: this process's own part.</param>
    /// <exception cref="ModelException">The layers do not fit together.</exception>
    /// <exception cref="EnvironmentException">libtorch cannot be loaded.</exception>
    public Network(Architecture architecture, Arithmetic arithmetic, Ranks? normalisedOver = null)
    {
        Libtorch.Load();
        Plan = architecture.Plan();
        Arithmetic = arithmetic;
        Parameters = new ParameterStore(Plan, arithmetic.Device, arithmetic.Type);
        Statistics = new RunningStatistics(Plan, arithmetic.Device);
        _endsInClassMaps = Plan.ClassMaps is not null;
        _meetsOtherRanks = normalisedOver is { Count: > 1 } && Statistics.Values.Count > 0;
        _exchanges = [.. Plan.Steps.Select(_ => new Exchange(normalisedOver ?? Ranks.Alone))];
        _chains = [.. Enumerable.Range(0, CanBeCut ? Cores.Count : 1).Select(NewChain)];
    }

    /// <summary>The network spelled out.</summary>
    public Plan Plan { get; }

    /// <summary>Device and precision.</summary>
    public Arithmetic Arithmetic { get; }

    /// <summary>Weights and gradients.</summary>
    public ParameterStore Parameters { get; }

    /// <summary>What batch normalisation has seen.</summary>
    public RunningStatistics Statistics { get; }

    /// <summary>Gathers the time of every operation, where set: that of the first part of the batch, beside which the others run.</summary>
    public NetworkProfile? Profile { get; set; }

    /// <summary>Leaves the gradients of the first step's parameters at zero, for an optimizer that does not move them; saves their computation.</summary>
    public bool FirstStepIsFixed { get; init; }

    // PyTorch's own batch normalisation sees only what it is given; ours adds the sums of all parts.
    private bool CanBeCut => Arithmetic.Device.type == DeviceType.CPU && OpenMp.IsAvailable && (Arithmetic.Fused || !Plan.Steps.Any(step => step.Operation is BatchNormOperation));

    /// <summary>The logits of images.</summary>
    /// <param name="images">[N, H, W, C] in the network's arithmetic, contiguous, normalised; disposed of.</param>
    /// <param name="pass">Training or inference.</param>
    /// <returns>[N, K], float32.</returns>
    /// <exception cref="ArgumentException">The images are of another shape or type, or not contiguous.</exception>
    public Tensor Forward(Tensor images, Pass pass)
    {
        if (images.ndim != 4 || images.shape[3] != Plan.Architecture.Input.Channels || images.dtype != Arithmetic.Type || !images.is_contiguous())
            throw new ArgumentException($"the images are {Described(images)}; the network takes [N, H, W, {Plan.Architecture.Input.Channels}], {Arithmetic.Type}, contiguous", nameof(images));
        var logits = empty([images.shape[0], Plan.Output.Elements], ScalarType.Float32, Arithmetic.Device);
        var parts = IsPassed(images.shape[0]) ? 0 : InParts(images.shape[0], (part, first, count) =>
        {
            var own = images.narrow(0, first, count);
            using var result = _chains[part].Forward(own, pass with { FirstImage = pass.FirstImage + first }, pass.Training && _endsInClassMaps, part == 0 ? Profile : null);
            using var place = logits.narrow(0, first, count);
            place.copy_(result);
        });
        if (pass.Training) _parts = parts;
        images.Dispose();
        return logits;
    }

    /// <summary>Fills the gradients of all parameters from the gradient of the loss by the logits, [N, K] float32, contiguous.</summary>
    /// <exception cref="ArgumentException">The gradient is of another shape or type, or not contiguous.</exception>
    public void Backward(Tensor gradientOfLogits)
    {
        if (gradientOfLogits.ndim != 2 || gradientOfLogits.shape[1] != Plan.Output.Elements || gradientOfLogits.dtype != ScalarType.Float32 || !gradientOfLogits.is_contiguous())
            throw new ArgumentException($"the gradient is {Described(gradientOfLogits)}; that of the logits is [N, {Plan.Output.Elements}], {ScalarType.Float32}, contiguous", nameof(gradientOfLogits));
        if (IsPassed(gradientOfLogits.shape[0]))
        {
            Parameters.Gradient.zero_();
            return;
        }
        var parts = InParts(gradientOfLogits.shape[0], (part, first, count) =>
        {
            using var own = gradientOfLogits.narrow(0, first, count);
            _chains[part].Backward(own, FirstStepIsFixed ? 1 : 0, part == 0 ? Profile : null);
        });
        for (var part = 1; part < parts; part++) Parameters.Gradient.add_(_chains[part].Gradient);
    }

    /// <summary>How many class maps were zero everywhere, for every image of the last training batch; such maps get no gradient through their ReLU.</summary>
    /// <param name="ranks">Who share the batch; all of them have to ask.</param>
    public int CountDeadMaps(Ranks ranks)
    {
        if (!_endsInClassMaps) return 0;
        using var scope = NewDisposeScope();
        var largest = zeros(Plan.Output.Channels);
        foreach (var chain in _chains.Take(_parts))
        {
            if (chain.LargestInClassMaps() is { } ofPart) largest = maximum(largest, ofPart.to(ScalarType.Float32).cpu());
        }
        ranks.Sum(largest);
        return (int)largest.eq(0).sum().ToInt64();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var chain in _chains) chain.Dispose();
        Parameters.Dispose();
        Statistics.Dispose();
    }

    private static string Described(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}], {tensor.dtype}{(tensor.is_contiguous() ? "" : ", not contiguous")}";

    /// <summary>Whether a part of a batch can be passed over: it is empty, and no other rank waits for its sums.</summary>
    private bool IsPassed(long images) => images == 0 && !_meetsOtherRanks;

    private Chain NewChain(int part)
    {
        // The first part's gradients are where the sum of all is wanted.
        var gradient = part == 0 ? Parameters.Gradient.alias() : zeros_like(Parameters.Gradient);
        var steps = StepBuilder.Build(Plan, new StepParameters(Parameters, gradient), Statistics, part, _exchanges, Arithmetic);
        return new([.. steps], gradient.DetachFromDisposeScope());
    }

    /// <summary>Calls <paramref name="work"/> with (part, first image, images) for each part of a batch, side by side, and returns the number of parts.</summary>
    private int InParts(long images, Action<int, int, int> work)
    {
        var parts = (int)Math.Clamp(images / LeastImagesInAPart, 1, Math.Min(_chains.Length, Cores.Count));
        foreach (var exchange in _exchanges) exchange.Begin(parts);
        Cores.SideBySide(parts, part =>
        {
            OpenMp.UseThreads(Cores.Count / parts);
            try
            {
                var first = (int)(images * part / parts);
                work(part, first, (int)(images * (part + 1) / parts) - first);
            }
            catch
            {
                foreach (var exchange in _exchanges) exchange.Abandon();
                throw;
            }
        });
        return parts;
    }
}
