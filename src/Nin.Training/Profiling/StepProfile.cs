using System.Collections.Immutable;
using System.Diagnostics;
using Nin.Training.Networks;
using Nin.Training.Runs;
using TorchSharp;

namespace Nin.Training.Profiling;

/// <summary>Where the time of training steps goes.</summary>
public sealed record StepProfile
{
    private const int FewestBatches = 50; // of which the first, before the loader's thread runs, weigh little

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    /// <summary>The network's name.</summary>
    public required string Network { get; init; }

    /// <summary>Device and precision.</summary>
    public required string Arithmetic { get; init; }

    /// <summary>Threads that computed.</summary>
    public required int Threads { get; init; }

    /// <summary>Images in a step.</summary>
    public required int Batch { get; init; }

    /// <summary>Steps that were measured.</summary>
    public required int Steps { get; init; }

    /// <summary>Milliseconds of the median step.</summary>
    public required double MedianMs { get; init; }

    /// <summary>Milliseconds of the average step, of which the shares are shares.</summary>
    public required double MeanMs { get; init; }

    /// <summary>Milliseconds of an average step in which no batch was ready.</summary>
    public required double WaitingMs { get; init; }

    /// <summary>Images a second that the loader prepares where nothing is learned meanwhile.</summary>
    public required double LoadingImagesPerSecond { get; init; }

    /// <summary>The highest resident memory of the process, in MiB.</summary>
    public required double PeakMemoryMb { get; init; }

    /// <summary>Every operation, in the order of execution.</summary>
    public required ImmutableArray<OperationProfile> Operations { get; init; }

    /// <summary>Images a second at the median step.</summary>
    public double ImagesPerSecond => Batch / (MedianMs / 1000);

    /// <summary>Milliseconds of an average step outside the network: loss, checks, update.</summary>
    public double RestMs => Math.Max(0, MeanMs - WaitingMs - Operations.Sum(operation => operation.Ms));

    /// <summary>Trains on noise for some steps and measures.</summary>
    /// <param name="settings">What to train.</param>
    /// <param name="steps">Steps that are measured, at least 1.</param>
    /// <param name="warmUp">How long steps before them are taken that are not, at least one; three seconds where null. Code gets its final form only after many calls.</param>
    /// <exception cref="NinException">There is no such network, it does not fit the input, or libtorch cannot be loaded.</exception>
    public static StepProfile Measure(ProbeSettings settings, int steps, TimeSpan? warmUp = null)
    {
        using var scope = torch.NewDisposeScope();
        using var probe = new TrainingProbe(settings);
        var network = probe.Network;
        var startedAt = Stopwatch.GetTimestamp();
        do probe.Step();
        while (Stopwatch.GetElapsedTime(startedAt) < (warmUp ?? WarmUp));
        network.Profile = new NetworkProfile();
        StepTime[] times = [.. Enumerable.Range(0, steps).Select(_ => probe.Step())];

        var mean = times.Average(time => time.Total.TotalMilliseconds);
        var bytesPerValue = network.Arithmetic.Type == torch.ScalarType.BFloat16 ? 2 : 4;
        return new()
        {
            Network = network.Plan.Architecture.Name,
            Arithmetic = network.Arithmetic.ToString(),
            Threads = probe.Threads,
            Batch = settings.Batch,
            Steps = steps,
            MedianMs = Medians.Of(times.Select(time => time.Total.TotalMilliseconds)),
            MeanMs = mean,
            WaitingMs = times.Average(time => time.Waiting.TotalMilliseconds),
            LoadingImagesPerSecond = probe.LoadingSpeed(Math.Max(steps, FewestBatches)),
            PeakMemoryMb = ProcessMemory.PeakMb,
            Operations =
            [
                .. network.Plan.Steps.Index()
                    .Where(step => network.Profile.Times.ContainsKey(NetworkProfile.NameOf(step.Item)))
                    .Select(step => OperationProfile.Of(step.Item, step.Index == 0, network.Profile.Times[NetworkProfile.NameOf(step.Item)], steps, settings.Batch, bytesPerValue, mean)),
            ],
        };
    }
}
