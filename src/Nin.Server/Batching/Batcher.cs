using System.Collections.Immutable;
using System.Diagnostics;
using Nin.Inference;
using Nin.Server.Http;

namespace Nin.Server.Batching;

/// <summary>Runs a model on batches of whatever jobs wait, on threads of its own.</summary>
internal sealed class Batcher : IDisposable
{
    private readonly Classifier _classifier;
    private readonly ServerOptions _options;
    private readonly ServerMetrics _metrics;
    private readonly BatchQueue _queue;
    private readonly int _elements;
    private readonly Thread[] _threads;

    /// <summary>Starts the threads.</summary>
    /// <param name="classifier">The model.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="runs">Batches at once.</param>
    /// <param name="options">How large batches may be.</param>
    /// <param name="metrics">Is told of every batch.</param>
    public Batcher(Classifier classifier, string name, int runs, ServerOptions options, ServerMetrics metrics)
    {
        (_classifier, _options, _metrics) = (classifier, options, metrics);
        _elements = (int)classifier.Input.Elements;
        _queue = new(options.Queue, waited => _metrics.GaveUp(waited));
        _threads = [.. Enumerable.Range(0, runs).Select(_ => new Thread(Work) { Name = $"batches of {name}", IsBackground = true })];
        foreach (var thread in _threads) thread.Start();
    }

    /// <summary>Images that wait.</summary>
    public int Waiting => _queue.Images;

    /// <summary>Batches at once.</summary>
    public int Runs => _threads.Length;

    /// <summary>Refuses work that would find no room, before time is spent on it.</summary>
    /// <exception cref="RequestException">Too many wait already, or they are more than ever may.</exception>
    public void CheckRoom(int images)
    {
        if (_queue.Images + images > _options.Queue) throw NoRoom(images);
    }

    /// <summary>Has images classified.</summary>
    /// <param name="images">[count, C, H, W]; must stay as it is until the answer is there.</param>
    /// <param name="count">Images.</param>
    /// <param name="cancelled">Nobody waits any more.</param>
    /// <returns>An answer a part of at most <see cref="ServerOptions.MaxBatch"/> images, in order.</returns>
    /// <exception cref="RequestException">Too many wait already, or they are more than ever may.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public async Task<Answer[]> Classify(ReadOnlyMemory<float> images, int count, CancellationToken cancelled)
    {
        var jobs = new Job[(count + _options.MaxBatch - 1) / _options.MaxBatch];
        for (var i = 0; i < jobs.Length; i++)
        {
            var (first, size) = (i * _options.MaxBatch, Math.Min(_options.MaxBatch, count - i * _options.MaxBatch));
            jobs[i] = new(images.Slice(first * _elements, size * _elements), size, cancelled);
        }
        if (!_queue.TryAdd(jobs)) throw NoRoom(count);
        var answers = new Answer[jobs.Length];
        for (var i = 0; i < jobs.Length; i++) answers[i] = await jobs[i].Answer;
        return answers;
    }

    /// <summary>Finishes what waits, then ends.</summary>
    public void Dispose()
    {
        _queue.Close();
        foreach (var thread in _threads) thread.Join();
    }

    private RequestException NoRoom(int images) => images > _options.Queue
        ? RequestException.TooLarge($"the request has {images} images; {_options.Queue} may wait for the model")
        : RequestException.Busy($"{_queue.Images} images wait for the model; {_options.Queue} may");

    private void Work()
    {
        var batch = new List<Job>();
        var images = new float[_options.MaxBatch * _elements];
        while (_queue.Take(batch, _options.MaxBatch, _options.MaxDelay))
        {
            Run(batch, images);
            batch.Clear();
        }
    }

    private void Run(List<Job> batch, float[] images)
    {
        var count = 0;
        foreach (var job in batch)
        {
            job.Images.CopyTo(images.AsMemory(count * _elements));
            count += job.Count;
        }
        var queued = batch.ConvertAll(job => job.Age);
        try
        {
            var start = Stopwatch.GetTimestamp();
            var predictions = _classifier.Classify(images.AsMemory(0, count * _elements), count);
            var computed = Stopwatch.GetElapsedTime(start);
            _metrics.Ran(queued, computed, predictions);
            // One thread answers all of them: waking a thread for each costs more than small answers do; who has a large one to write leaves the thread (Infer, Predict).
            Job[] jobs = [.. batch];
            ThreadPool.UnsafeQueueUserWorkItem(_ => Answer(jobs, predictions, queued, computed), null);
        }
#pragma warning disable CA1031 // Whoever waits must be told, whatever it was; the thread serves others afterwards.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            // Not here: who waits may end the model's last use, and this thread cannot wait for its own end.
            Job[] failed = [.. batch];
            ThreadPool.UnsafeQueueUserWorkItem(_ => Array.ForEach(failed, job => job.Fail(fault)), null);
        }
    }

    private static void Answer(Job[] jobs, ImmutableArray<Prediction> predictions, List<TimeSpan> queued, TimeSpan computed)
    {
        var first = 0;
        foreach (var (i, job) in jobs.Index())
        {
            job.Complete(new(predictions.Slice(first, job.Count), queued[i], computed, predictions.Length));
            first += job.Count;
        }
    }
}
