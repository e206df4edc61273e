using System.Diagnostics;
using Nin.Recipes;
using Nin.Training.Batches;
using Nin.Training.Compute;
using Nin.Training.Distributed;
using Nin.Training.Networks;
using Nin.Training.Optimizers;
using Nin.Training.Runs;
using static TorchSharp.torch;

namespace Nin.Training.Profiling;

/// <summary>
/// Takes the steps of <c>nin train</c> one at a time, on noise: shuffled, flipped, resized and normalised by the loader, learned by the network with SGD.
/// Nothing is evaluated or written.
/// </summary>
public sealed class TrainingProbe : IDisposable
{
    private const double Rate = 1e-3; // small, so that no length of measuring makes the weights grow without bound

    private readonly RunPlan _plan;
    private readonly Ranks _ranks;
    private readonly Optimizer _optimizer;
    private readonly IEnumerator<Batch> _batches;
    private int _step;

    /// <summary>Builds the network and begins to prepare batches.</summary>
    /// <param name="settings">What to train.</param>
    /// <param name="ranks">Who share every batch; null: this process has it all.</param>
    /// <exception cref="NinException">There is no such network, it does not fit the input, or libtorch cannot be loaded.</exception>
    public TrainingProbe(ProbeSettings settings, Ranks? ranks = null)
    {
        _ranks = ranks ?? Ranks.Alone;
        Cores.Use(settings.Threads);
        var stored = settings.Stored ?? settings.Input;
        _plan = RunPlan.Make(Options(settings), RandomImages.Of(stored, settings.Classes, settings.Batch));
        Network = _plan.NewNetwork(_plan.Options.Seed);
        _optimizer = new Optimizer(Network.Parameters, _plan.Options.Optimizer);
        _batches = Batches().GetEnumerator();
        Threads = Cores.Count;
    }

    /// <summary>What is trained.</summary>
    public Network Network { get; }

    /// <summary>How many threads compute.</summary>
    public int Threads { get; }

    /// <summary>Waits for a batch and learns it.</summary>
    public StepTime Step()
    {
        using var scope = NewDisposeScope();
        var startedAt = Stopwatch.GetTimestamp();
        _batches.MoveNext();
        var waiting = Stopwatch.GetElapsedTime(startedAt);
        TrainingStep.Take(Network, _optimizer, _batches.Current, new Pass(Training: true, _plan.Options.Seed, _step++), _plan.Options.Loss, Rate, _ranks);
        return new(waiting, Stopwatch.GetElapsedTime(startedAt) - waiting);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _batches.Dispose();
        _optimizer.Dispose();
        Network.Dispose();
    }

    private static TrainingOptions Options(ProbeSettings settings) => new()
    {
        Network = settings.Network,
        ImageSize = settings.Stored is null ? null : settings.Input.Height,
        Batch = settings.Batch,
        Validation = 0,
        Device = "cpu",
        Precision = settings.Precision,
        Threads = settings.Threads,
        Augmentation = new() { Flip = FlipKind.Random },
    };

    private IEnumerable<Batch> Batches() =>
        new BatchLoader(_plan.Train, _plan.TrainingPipeline(_plan.EarlyEpochs), _plan.Arithmetic, _plan.Options.Batch, _ranks)
            .Endless(_plan.Options.Augmentation, PixelPipeline.Grey(_plan.Model.Mean), _plan.Options.Seed);
}
