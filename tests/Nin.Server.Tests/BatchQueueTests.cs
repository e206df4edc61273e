using Nin.Server.Batching;

namespace Nin.Server.Tests;

/// <summary>What is taken together, what is refused, and who waits how long.</summary>
public sealed class BatchQueueTests
{
    private static Job Images(int count) => new(default, count, CancellationToken.None);

    [Fact]
    public void A_batch_takes_what_fits_in_order()
    {
        var queue = new BatchQueue(100);
        Job[] jobs = [Images(3), Images(4), Images(2)];
        Assert.True(queue.TryAdd(jobs));
        var batch = new List<Job>();
        Assert.True(queue.Take(batch, 8, TimeSpan.Zero));
        Assert.Equal(jobs[..2], batch);
        Assert.Equal(2, queue.Images);
    }

    [Fact]
    public void A_job_larger_than_a_batch_still_goes()
    {
        var queue = new BatchQueue(100);
        queue.TryAdd([Images(20)]);
        var batch = new List<Job>();
        Assert.True(queue.Take(batch, 8, TimeSpan.Zero));
        Assert.Equal(20, Assert.Single(batch).Count);
    }

    [Fact]
    public void What_finds_no_room_is_refused_as_a_whole()
    {
        var queue = new BatchQueue(4);
        Assert.True(queue.TryAdd([Images(3)]));
        Assert.False(queue.TryAdd([Images(1), Images(1)]));
        Assert.True(queue.TryAdd([Images(1)]));
        Assert.Equal(4, queue.Images);
    }

    [Fact]
    public void A_batch_waits_for_more_no_longer_than_the_delay()
    {
        var queue = new BatchQueue(100);
        queue.TryAdd([Images(1)]);
        var batch = new List<Job>();
        Assert.True(queue.Take(batch, 32, TimeSpan.FromMilliseconds(300)));
        Assert.InRange(Assert.Single(batch).Age.TotalMilliseconds, 300, 5000);
    }

    [Fact]
    public async Task A_batch_that_waits_goes_once_it_is_full()
    {
        var queue = new BatchQueue(100);
        queue.TryAdd([Images(1)]);
        var later = Task.Run(async () =>
        {
            await Task.Delay(20);
            queue.TryAdd([Images(1)]);
        });
        var batch = new List<Job>();
        Assert.True(queue.Take(batch, 2, TimeSpan.FromSeconds(30)));
        Assert.Equal(2, batch.Count);
        await later;
    }

    [Fact]
    public void A_full_batch_does_not_wait()
    {
        var queue = new BatchQueue(100);
        queue.TryAdd([Images(16), Images(16)]);
        var batch = new List<Job>();
        Assert.True(queue.Take(batch, 32, TimeSpan.FromHours(1)));
        Assert.Equal(2, batch.Count);
    }

    [Fact]
    public void A_closed_queue_gives_what_waits_and_takes_nothing_more()
    {
        var queue = new BatchQueue(100);
        queue.TryAdd([Images(1)]);
        queue.Close();
        Assert.False(queue.TryAdd([Images(1)]));
        var batch = new List<Job>();
        Assert.True(queue.Take(batch, 32, TimeSpan.FromHours(1)));
        Assert.False(queue.Take(batch, 32, TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Several_threads_take_every_job_once()
    {
        var queue = new BatchQueue(10_000);
        var taken = new int[4];
        var threads = Enumerable.Range(0, 4).Select(worker => new Thread(() =>
        {
            var batch = new List<Job>();
            for (; queue.Take(batch, 8, TimeSpan.FromMilliseconds(1)); batch.Clear()) taken[worker] += batch.Count;
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        for (var i = 0; i < 5000; i++) Assert.True(queue.TryAdd([Images(1)]));
        queue.Close();
        foreach (var thread in threads) thread.Join();
        Assert.Equal(5000, taken.Sum());
    }

    [Fact]
    public async Task Cancelled_jobs_take_no_place_in_a_batch()
    {
        using var source = new CancellationTokenSource();
        var gaveUp = new List<TimeSpan>();
        var queue = new BatchQueue(100, gaveUp.Add);
        Job[] jobs = [new(default, 8, source.Token), Images(4), new(default, 3, source.Token), Images(4)];
        queue.TryAdd(jobs);
        await source.CancelAsync();
        var batch = new List<Job>();
        Assert.True(queue.Take(batch, 8, TimeSpan.Zero));
        Assert.Equal([jobs[1], jobs[3]], batch);
        Assert.Equal(0, queue.Images);
        Assert.Equal(2, gaveUp.Count);
    }

    [Fact]
    public async Task Where_all_jobs_are_cancelled_others_are_waited_for()
    {
        using var source = new CancellationTokenSource();
        var queue = new BatchQueue(100);
        queue.TryAdd([new(default, 8, source.Token)]);
        await source.CancelAsync();
        queue.Close();
        Assert.False(queue.Take([], 8, TimeSpan.Zero));
        Assert.Equal(0, queue.Images);
    }

    [Fact]
    public async Task A_cancelled_job_ends_at_once()
    {
        using var source = new CancellationTokenSource();
        var job = new Job(default, 1, source.Token);
        Assert.False(job.IsCancelled);
        await source.CancelAsync();
        Assert.True(job.IsCancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job.Answer);
    }
}
