using static TorchSharp.torch;

namespace Nin.Benchmarks.Workers;

/// <summary>Normalised images and labels in memory, ready to be fed to a network: less work than a loader has.</summary>
internal sealed class ReadyBatches
{
    private const int Count = 4;

    private readonly int _batch;
    private readonly Tensor _images;
    private readonly Tensor _labels;
    private int _next;

    /// <summary>Draws some.</summary>
    public ReadyBatches(BenchmarkCase benchmark)
    {
        var input = benchmark.Entry.Input;
        _batch = benchmark.Batch;
        _images = randn(Count * _batch, input.Channels, input.Height, input.Width);
        _labels = randint(benchmark.Entry.Classes, Count * _batch, dtype: ScalarType.Int64);
    }

    /// <summary>The next batch: [N, C, H, W] float32 and [N].</summary>
    public (Tensor Images, Tensor Labels) Next()
    {
        var first = _next++ % Count * _batch;
        return (_images.narrow(0, first, _batch), _labels.narrow(0, first, _batch));
    }
}
