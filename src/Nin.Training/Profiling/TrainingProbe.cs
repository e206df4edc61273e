using System.Diagnostics;
using Nin.Recipes;
using Nin.Training.Batches;
using Nin.Training.Compute;
using Nin.Training.Distributed;
using Nin.Training.Networks;
using Nin.Training.Runs;

namespace Nin.Training.Profiling;

/// <summary>
/// Takes the steps of <c>nin train</c> one at a time, on noise: shuffled, varied, resized and normalised by the loader, learned by the network.
/// Nothing is evaluated; of a recipe with whitening the cache keeps the matrix of the noise.
/// </summary>
public sealed class TrainingProbe : IDisposable
{
    private const double Rate = 1e-3; // small, so that no length of measuring makes the weights grow without bound

    private readonly RunPlan _plan;
    private readonly Learner _learner;
    private readonly IEnumerator<Batch> _batches;
    private int _step;

    /// <summary>Builds the network and begins to prepare batches.</summary>
    /// <param name="settings">What to train.</param>
    /// <param name="ranks">Who share every batch; null: this process has it all.</param>
    /// <exception cref="NinException">There is no such network, it does not fit the input, or libtorch cannot be loaded.</exception>
    public TrainingProbe(ProbeSettings settings, Ranks? ranks = null)
    {
        Cores.Use(settings.Threads);
        var stored = settings.Stored ?? settings.Input;
        _plan = RunPlan.Make(Options(settings), RandomImages.Of(stored, settings.Classes, settings.Batch), ranks);
        _learner = new Learner(_plan, _plan.Options.Seed);
        _batches = Batches().GetEnumerator();
        Threads = Cores.Count;
    }

    /// <summary>What is trained.</summary>
    public Network Network => _learner.Network;

    /// <summary>How many threads compute.</summary>
    public int Threads { get; }

    /// <summary>Waits for a batch and learns it.</summary>
    public StepTime Step()
    {
        var startedAt = Stopwatch.GetTimestamp();
        _batches.MoveNext();
        var waiting = Stopwatch.GetElapsedTime(startedAt);
        _learner.Step(_batches.Current, _plan.Options.Seed, _step++, Rate);
        return new(waiting, Stopwatch.GetElapsedTime(startedAt) - waiting);
    }

    /// <summary>Images a second that are shuffled, varied, resized and normalised while nothing is learned.</summary>
    /// <param name="batches">How many to time.</param>
    public double LoadingSpeed(int batches)
    {
        var startedAt = Stopwatch.GetTimestamp();
        foreach (var batch in Batches().Take(batches)) batch.Images.Dispose();
        return batches * _plan.Options.Batch / Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _batches.Dispose();
        _learner.Dispose();
        _plan.Preprocessor?.Dispose();
    }

    private static TrainingOptions Options(ProbeSettings settings) => (settings.Recipe ?? new() { Augmentation = new() { Flip = FlipKind.Random } }) with
    {
        Network = settings.Network,
        ImageSize = settings.Stored is null ? null : settings.Input.Height,
        Batch = settings.Batch,
        Early = new(),
        Validation = 0,
        Device = "cpu",
        Precision = settings.Precision,
        Threads = settings.Threads,
    };

    private IEnumerable<Batch> Batches() =>
        new BatchLoader(_plan.Train, _plan.TrainingPipeline(_plan.EarlyEpochs), _plan.Arithmetic, _plan.Options.Batch, _plan.Ranks)
            .Endless(_plan.Options.Augmentation, _plan.Options.Seed);
}
