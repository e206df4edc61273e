using Nin.Training.Profiling;

namespace Nin.Benchmarks.Workers;

/// <summary>The steps of <c>nin train</c>.</summary>
internal sealed class NinSteps(BenchmarkCase benchmark) : ISteps
{
    private readonly TrainingProbe _probe = new(new()
    {
        Network = benchmark.Network,
        Input = benchmark.Entry.Input,
        Stored = benchmark.Stored,
        Classes = benchmark.Entry.Classes,
        Batch = benchmark.Batch,
    });

    /// <inheritdoc />
    public void Take() => _probe.Step();

    /// <inheritdoc />
    public void Dispose() => _probe.Dispose();
}
