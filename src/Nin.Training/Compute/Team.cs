using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Nin.Training.Compute;

/// <summary>
/// Threads that work side by side: the caller and helpers of its own. Helpers that have nothing to do spin for a moment, long enough to bridge two operations
/// of a training step, and then sleep, so that a neighbour gets the core.
/// </summary>
internal sealed class Team
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(0.5);

    private readonly Lock _callers = new();
    private readonly object _bell = new();
    private volatile Round _round = new(0, _ => { });

    /// <summary>Starts size - 1 helpers, which live as long as the process.</summary>
    public Team(int size)
    {
        Size = size;
        var before = _round; // a helper that wakes up late must not take the first round for an old one
        for (var helper = 1; helper < size; helper++)
        {
            var part = helper;
            new Thread(() => Serve(part, before)) { IsBackground = true, Name = $"nin compute {part}" }.Start();
        }
    }

    /// <summary>How many threads, the caller's included.</summary>
    public int Size { get; }

    /// <summary>Calls <paramref name="work"/> with 0 to parts - 1 at the same time, at most <see cref="Size"/> parts, and returns when all are done.</summary>
    /// <exception cref="Exception">The first that a part threw; a cancellation only where there is no other.</exception>
    public void Run(int parts, Action<int> work)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parts, Size);
        if (parts == 1)
        {
            work(0);
            return;
        }
        lock (_callers)
        {
            var round = new Round(parts, work);
            lock (_bell)
            {
                _round = round;
                Monitor.PulseAll(_bell);
            }
            round.Do(0);
            var wait = new SpinWait();
            while (!round.IsDone) wait.SpinOnce(sleep1Threshold: -1);
            round.Failure?.Throw();
        }
    }

    private void Serve(int part, Round last)
    {
        while (true)
        {
            last = Next(last);
            if (part < last.Parts) last.Do(part);
        }
    }

    private Round Next(Round last)
    {
        var wait = new SpinWait();
        var began = Stopwatch.GetTimestamp();
        while (ReferenceEquals(_round, last) && Stopwatch.GetElapsedTime(began) < Patience) wait.SpinOnce(sleep1Threshold: -1);
        lock (_bell)
        {
            while (ReferenceEquals(_round, last)) Monitor.Wait(_bell);
        }
        return _round;
    }

    private sealed class Round(int parts, Action<int> work)
    {
        private readonly Lock _failing = new();
        private int _left = parts;

        public int Parts { get; } = parts;

        public ExceptionDispatchInfo? Failure { get; private set; }

        public bool IsDone => Volatile.Read(ref _left) == 0;

        public void Do(int part)
        {
            try
            {
                work(part);
            }
            catch (Exception e)
            {
                lock (_failing)
                {
                    // Parts that are let go because another failed may end before it does.
                    if (Failure is null or { SourceException: OperationCanceledException }) Failure = ExceptionDispatchInfo.Capture(e);
                }
            }
            Interlocked.Decrement(ref _left);
        }
    }
}
