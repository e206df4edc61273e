using System.Collections.Immutable;
using System.Diagnostics;
using Nin.Inference;

namespace Nin.Server.Batching;

/// <summary>Images of one request that go through the model together.</summary>
/// <param name="images">[count, C, H, W]; read until <see cref="Answer"/> has ended.</param>
/// <param name="count">Images.</param>
/// <param name="cancelled">Nobody waits any more.</param>
internal sealed class Job(ReadOnlyMemory<float> images, int count, CancellationToken cancelled)
{
    private readonly TaskCompletionSource<Answer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _born = Stopwatch.GetTimestamp();

    /// <summary>[count, C, H, W].</summary>
    public ReadOnlyMemory<float> Images => images;

    /// <summary>Images.</summary>
    public int Count => count;

    /// <summary>Whether nobody waits any more.</summary>
    public bool IsCancelled => cancelled.IsCancellationRequested;

    /// <summary>Since it was made.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_born);

    /// <summary>What came of it.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public Task<Answer> Answer => _answer.Task.WaitAsync(cancelled);

    /// <summary>Answers it.</summary>
    public void Complete(Answer answer) => _answer.TrySetResult(answer);

    /// <summary>Answers it with a fault of ours.</summary>
    public void Fail(Exception fault) => _answer.TrySetException(fault);
}

/// <summary>What came of a job.</summary>
/// <param name="Predictions">One an image.</param>
/// <param name="Queued">From arrival to the start of the run.</param>
/// <param name="Computed">The run of the whole batch.</param>
/// <param name="Batch">Images in the run.</param>
internal sealed record Answer(ImmutableArray<Prediction> Predictions, TimeSpan Queued, TimeSpan Computed, int Batch);
