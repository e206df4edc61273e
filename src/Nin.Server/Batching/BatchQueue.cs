namespace Nin.Server.Batching;

/// <summary>Jobs that wait for a model: first come, first served, and no more than so many images.</summary>
/// <param name="capacity">The most images that wait.</param>
/// <param name="gaveUp">Is told how long a job has waited that goes because nobody waits for it any more.</param>
internal sealed class BatchQueue(int capacity, Action<TimeSpan>? gaveUp = null)
{
    private readonly object _lock = new();
    private readonly Queue<Job> _jobs = new();
    private int _images;
    private bool _closed;

    /// <summary>Images that wait.</summary>
    public int Images => Volatile.Read(ref _images);

    /// <summary>Adds all of them, or none where there is no room.</summary>
    public bool TryAdd(ReadOnlySpan<Job> jobs)
    {
        var images = 0;
        foreach (var job in jobs) images += job.Count;
        lock (_lock)
        {
            if (_closed || _images + images > capacity) return false;
            foreach (var job in jobs) _jobs.Enqueue(job);
            _images += images;
            Monitor.Pulse(_lock);
            return true;
        }
    }

    /// <summary>Waits for jobs and takes as many as make a batch; cancelled ones go.</summary>
    /// <param name="batch">Is filled.</param>
    /// <param name="most">The most images.</param>
    /// <param name="delay">How long the first job waits for others.</param>
    /// <returns>False once the queue is closed and empty.</returns>
    public bool Take(List<Job> batch, int most, TimeSpan delay)
    {
        lock (_lock)
        {
            do
            {
                if (!Wait(most, delay)) return false;
                Fill(batch, most);
            }
            while (batch.Count == 0);
            if (_jobs.Count > 0) Monitor.Pulse(_lock);
            return true;
        }
    }

    /// <summary>Nothing more is taken on; what waits is still served.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Until a batch is due; false once the queue is closed and empty.</summary>
    private bool Wait(int most, TimeSpan delay)
    {
        while (true)
        {
            if (_jobs.TryPeek(out var first))
            {
                var left = delay - first.Age;
                if (left <= TimeSpan.Zero || _images >= most || _closed) return true;
                Monitor.Wait(_lock, (int)Math.Ceiling(left.TotalMilliseconds));
            }
            else if (_closed) return false;
            else Monitor.Wait(_lock);
        }
    }

    /// <summary>Takes what fits; cancelled jobs take no place.</summary>
    private void Fill(List<Job> batch, int most)
    {
        var images = 0;
        while (_jobs.TryPeek(out var next) && (images == 0 || images + next.Count <= most || next.IsCancelled))
        {
            _images -= _jobs.Dequeue().Count;
            if (next.IsCancelled)
            {
                gaveUp?.Invoke(next.Age);
                continue;
            }
            batch.Add(next);
            images += next.Count;
        }
    }
}
