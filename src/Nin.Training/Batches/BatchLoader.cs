using System.Collections.Concurrent;
using Nin.Data;
using Nin.Randomness;
using Nin.Recipes;
using Nin.Training.Compute;
using Nin.Training.Distributed;
using Nin.Training.Networks;
using static TorchSharp.torch;

namespace Nin.Training.Batches;

/// <summary>Prepares batches on a thread of its own while the network works on the one before.</summary>
/// <param name="images">What to load from.</param>
/// <param name="pipeline">From bytes to what the network is fed.</param>
/// <param name="arithmetic">The network's device and precision.</param>
/// <param name="batch">Images in a batch; the last of an epoch may be smaller.</param>
/// <param name="ranks">Who divide each batch among them, and get their own part of it; null: one has it all.</param>
public sealed class BatchLoader(ImageSet images, PixelPipeline pipeline, Arithmetic arithmetic, int batch, Ranks? ranks = null)
{
    private const int Ahead = 3;

    private readonly Ranks _ranks = ranks ?? Ranks.Alone;
    private readonly int _batch = batch > 0 ? batch : throw new ArgumentOutOfRangeException(nameof(batch), batch, "a batch has at least one image");

    /// <summary>Steps that one pass takes.</summary>
    public int Steps => (images.Count + _batch - 1) / _batch;

    /// <summary>All images in their order, as they are.</summary>
    public IEnumerable<Batch> InOrder() => Prefetch(0, [.. Enumerable.Range(0, images.Count)], _ => Placement.Identity(images.Shape), augmenter: null);

    /// <summary>All images in their order, mirrored left to right.</summary>
    public IEnumerable<Batch> Mirrored() =>
        Prefetch(0, [.. Enumerable.Range(0, images.Count)], _ => Placement.Identity(images.Shape) with { Flip = true }, new Augmenter(BorderKind.Reflect, images.Shape, []));

    /// <summary>All images shuffled and varied: functions of (seed, epoch, image).</summary>
    /// <param name="options">What to vary.</param>
    /// <param name="seed">Of the run.</param>
    /// <param name="epoch">From 0.</param>
    /// <param name="firstStep">Steps of the epoch that were already made.</param>
    public IEnumerable<Batch> Shuffled(AugmentationOptions options, int seed, int epoch, int firstStep = 0) =>
        Prefetch(firstStep, CounterRandom.Permutation(images.Count, seed, RandomStream.Shuffle, epoch), image => Placement.Draw(options, images.Shape, images.Count, seed, epoch, image), new Augmenter(options.Border, images.Shape, pipeline.Grey));

    /// <summary>The same, epoch after epoch without end.</summary>
    /// <param name="options">What to vary.</param>
    /// <param name="seed">Of the run.</param>
    public IEnumerable<Batch> Endless(AugmentationOptions options, int seed)
    {
        for (var epoch = 0; ; epoch++)
        {
            foreach (var prepared in Shuffled(options, seed, epoch)) yield return prepared;
        }
    }

    private IEnumerable<Batch> Prefetch(int firstStep, int[] order, Func<int, Placement> place, Augmenter? augmenter)
    {
        using var ready = new BlockingCollection<Batch>(Ahead);
        using var abandoned = new CancellationTokenSource();
        var producer = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    for (var step = firstStep; step < Steps; step++)
                    {
                        var prepared = Prepare(order.AsSpan(step * _batch, Math.Min(_batch, order.Length - step * _batch)), place, augmenter);
                        try
                        {
                            ready.Add(prepared, abandoned.Token);
                        }
                        catch (OperationCanceledException)
                        {
                            prepared.Images.Dispose();
                            return;
                        }
                    }
                }
                finally
                {
                    ready.CompleteAdding();
                }
            },
            abandoned.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach (var prepared in ready.GetConsumingEnumerable()) yield return prepared;
            producer.GetAwaiter().GetResult();
        }
        finally
        {
            abandoned.Cancel();
            ((IAsyncResult)producer).AsyncWaitHandle.WaitOne();
            while (ready.TryTake(out var unused)) unused.Images.Dispose();
        }
    }

    /// <summary>Preprocessed, in the type and on the device of the network.</summary>
    private Tensor Placed(Tensor written)
    {
        if (pipeline.Preprocessor is null && arithmetic.Device.type == TorchSharp.DeviceType.CPU) return written;
        using var scope = NewDisposeScope();
        using (written)
        {
            var processed = pipeline.Preprocessor?.Apply(written) ?? written;
            return processed.to(arithmetic.Type).to(arithmetic.Device).alias().DetachFromDisposeScope();
        }
    }

    private unsafe Batch Prepare(ReadOnlySpan<int> whole, Func<int, Placement> place, Augmenter? augmenter)
    {
        var (first, count) = _ranks.Slice(whole.Length);
        var indices = whole.Slice(first, count);
        var (input, elements) = (pipeline.Input, checked((int)pipeline.Input.Elements));
        var type = pipeline.Preprocessor is null ? arithmetic.Type : ScalarType.Float32;
        var tensor = empty([indices.Length, input.Height, input.Width, input.Channels], type);
        var (varied, pasted) = (new byte[images.Shape.Elements], new byte[images.Shape.Elements]);
        var targets = new Target[indices.Length];
        for (var n = 0; n < indices.Length; n++)
        {
            var source = images.Image(indices[n]);
            var placement = place(indices[n]);
            targets[n] = new(images.Labels[indices[n]]);
            if (augmenter is not null)
            {
                augmenter.Apply(source, placement, varied);
                if (placement.Partner is { } partner)
                {
                    augmenter.Apply(images.Image(partner), place(partner) with { Cut = default }, pasted);
                    augmenter.Paste(pasted, placement.Cut, varied);
                    targets[n] = targets[n] with { Other = images.Labels[partner], OtherShare = placement.PartnerShare };
                }
                source = varied;
            }
            if (type == ScalarType.BFloat16) pipeline.Write(source, placement, new Span<ushort>(tensor.Pointer<ushort>() + (long)n * elements, elements));
            else pipeline.Write(source, placement, new Span<float>(tensor.Pointer<float>() + (long)n * elements, elements));
        }
        return new(Placed(tensor), targets, first, whole.Length);
    }
}
