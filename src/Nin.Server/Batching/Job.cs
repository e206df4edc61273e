using System.Collections.Immutable;
using System.Diagnostics;
using Nin.Inference;

namespace Nin.Server.Batching;

/// <summary>Images of one request that go through the model together.</summary>
internal sealed class Job
{
    private readonly TaskCompletionSource<Answer> _answer = new();
    private readonly long _born = Stopwatch.GetTimestamp();
    private readonly CancellationTokenRegistration _cancelled;

    /// <summary>Waits to be run.</summary>
    /// <param name="images">[count, C, H, W]; must stay as it is until the answer is there.</param>
    /// <param name="count">Images.</param>
    /// <param name="cancelled">Nobody waits any more.</param>
    public Job(ReadOnlyMemory<float> images, int count, CancellationToken cancelled)
    {
        (Images, Count) = (images, count);
        _cancelled = cancelled.UnsafeRegister(static (job, token) => ((Job)job!)._answer.TrySetCanceled(token), this);
    }

    /// <summary>[count, C, H, W].</summary>
    public ReadOnlyMemory<float> Images { get; }

    /// <summary>Images.</summary>
    public int Count { get; }

    /// <summary>Whether nobody waits any more.</summary>
    public bool IsCancelled => _answer.Task.IsCanceled;

    /// <summary>Since it was made.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_born);

    /// <summary>What came of it; cancelled when nobody waits any more.</summary>
    public Task<Answer> Answer => _answer.Task;

    /// <summary>Answers it; who waits goes on at once, on this thread.</summary>
    public void Complete(Answer answer)
    {
        _cancelled.Unregister();
        _answer.TrySetResult(answer);
    }

    /// <summary>Answers it with a fault of ours.</summary>
    public void Fail(Exception fault)
    {
        _cancelled.Unregister();
        _answer.TrySetException(fault);
    }
}

/// <summary>What came of a job.</summary>
/// <param name="Predictions">One an image.</param>
/// <param name="Queued">From arrival to the start of the run.</param>
/// <param name="Computed">The run of the whole batch.</param>
/// <param name="Batch">Images in the run.</param>
internal sealed record Answer(ImmutableArray<Prediction> Predictions, TimeSpan Queued, TimeSpan Computed, int Batch);
