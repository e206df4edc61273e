using System.Collections.Immutable;
using Nin.Training.Profiling;
using TorchSharp;

namespace Nin.Training.Distributed;

/// <summary>How fast a network would train on more machines: from what a rank takes for a step alone, and from what messages cost.</summary>
public sealed record ScalingForecast
{
    private static readonly ImmutableArray<int> Counts = [1, 2, 4, 8, 16, 32, 64];
    private static readonly ImmutableArray<double> Gigabits = [1, 10, 100];

    /// <summary>The network's name.</summary>
    public required string Network { get; init; }

    /// <summary>Device and precision.</summary>
    public required string Arithmetic { get; init; }

    /// <summary>Ranks that measured.</summary>
    public required int Ranks { get; init; }

    /// <summary>Threads of each.</summary>
    public required int Threads { get; init; }

    /// <summary>Images in a step.</summary>
    public required int Batch { get; init; }

    /// <summary>Bytes of the gradient.</summary>
    public required long GradientBytes { get; init; }

    /// <summary>Milliseconds of a rank's step, whatever its images.</summary>
    public required double MsAStep { get; init; }

    /// <summary>Milliseconds that each image adds.</summary>
    public required double MsAnImage { get; init; }

    /// <summary>The network between the ranks.</summary>
    public required LinkCost Link { get; init; }

    /// <summary>Images a second that the ranks reached together.</summary>
    public required double MeasuredImagesPerSecond { get; init; }

    /// <summary>The share of the time of those steps that the first rank spent in communication.</summary>
    public required double CommunicationShare { get; init; }

    /// <summary>What the model says of the same.</summary>
    public double PredictedImagesPerSecond => Batch / (Seconds((double)Batch / Ranks) + Link.StepSeconds(Ranks, GradientBytes));

    /// <summary>What it says of more machines, each like one rank.</summary>
    public ImmutableArray<ScalingPoint> Points => [.. from machines in Counts from gigabits in Gigabits select Point(machines, gigabits)];

    /// <summary>Trains on noise, each rank alone and all together; all ranks have to call.</summary>
    /// <param name="settings">What to train; its batch is that of all ranks together.</param>
    /// <param name="ranks">At least two.</param>
    /// <param name="steps">Steps of each measurement.</param>
    public static ScalingForecast Measure(ProbeSettings settings, Ranks ranks, int steps)
    {
        using var scope = torch.NewDisposeScope();
        var few = Math.Max(1, settings.Batch / 8);
        var (large, small) = (StepSeconds(settings, Distributed.Ranks.Alone, steps), StepSeconds(settings with { Batch = few }, Distributed.Ranks.Alone, steps));
        var perImage = Math.Max(0, large - small) / Math.Max(1, settings.Batch - few);
        using var probe = new TrainingProbe(settings, ranks);
        var values = (int)probe.Network.Parameters.Gradient.numel();
        var link = LinkCost.Measure(ranks, values);
        var (seconds, share) = Together(probe, ranks, steps);
        return new()
        {
            Network = probe.Network.Plan.Architecture.Name,
            Arithmetic = probe.Network.Arithmetic.ToString(),
            Ranks = ranks.Count,
            Threads = probe.Threads,
            Batch = settings.Batch,
            GradientBytes = (long)values * sizeof(float),
            MsAStep = Math.Max(0, large - perImage * settings.Batch) * 1000,
            MsAnImage = perImage * 1000,
            Link = link,
            MeasuredImagesPerSecond = settings.Batch / seconds,
            CommunicationShare = share,
        };
    }

    private static double StepSeconds(ProbeSettings settings, Ranks ranks, int steps)
    {
        using var probe = new TrainingProbe(settings, ranks);
        return Together(probe, ranks, steps).Seconds;
    }

    private static (double Seconds, double Share) Together(TrainingProbe probe, Ranks ranks, int steps)
    {
        for (var i = 0; i < Math.Max(2, steps / 3); i++) probe.Step();
        var before = ranks.Communicating;
        StepTime[] times = [.. Enumerable.Range(0, steps).Select(_ => probe.Step())];
        return (Medians.Of(times.Select(time => time.Total.TotalSeconds)), (ranks.Communicating - before) / new TimeSpan(times.Sum(time => time.Total.Ticks)));
    }

    private ScalingPoint Point(int machines, double gigabits)
    {
        var reduction = (Link with { BytesPerSecond = gigabits * 1e9 / 8 }).StepSeconds(machines, GradientBytes);
        return new(machines, gigabits, Batch / (Seconds((double)Batch / machines) + reduction), (double)machines * Batch / (Seconds(Batch) + reduction));
    }

    private double Seconds(double images) => (MsAStep + MsAnImage * images) / 1000;
}

/// <summary>The rate on some machines.</summary>
/// <param name="Machines">How many.</param>
/// <param name="Gigabits">A second, of the network between them.</param>
/// <param name="SameBatch">Images a second when they divide the batch: the same run, faster.</param>
/// <param name="BatchEach">Images a second when each takes as many images as the batch has.</param>
public sealed record ScalingPoint(int Machines, double Gigabits, double SameBatch, double BatchEach);
