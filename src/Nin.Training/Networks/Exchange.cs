using Nin.Training.Distributed;

namespace Nin.Training.Networks;

/// <summary>
/// Where the parts of a batch, computed side by side, add up what must come from the whole batch: the sums of one batch normalisation. Every part adds
/// the same numbers in the same order, so that the total does not depend on who came first.
/// </summary>
/// <param name="ranks">Whose parts are added up too; every one of them has to come here in the same order.</param>
internal sealed class Exchange(Ranks ranks)
{
    private double[][] _brought = [];
    private volatile double[]? _total;
    private int _awaited;
    private volatile bool _isAbandoned;

    /// <summary>Whose parts are added up.</summary>
    public Ranks Ranks => ranks;

    /// <summary>Makes ready for a pass in so many parts.</summary>
    public void Begin(int parts)
    {
        (_brought, _total) = (new double[parts][], null);
        (_awaited, _isAbandoned) = (parts, false);
    }

    /// <summary>Waits for every part and returns the sum of what they brought. Each part calls it once a pass, with as many numbers as the others.</summary>
    /// <exception cref="OperationCanceledException">Another part failed and will not come.</exception>
    public double[] Add(int part, double[] numbers)
    {
        _brought[part] = numbers;
        Interlocked.Decrement(ref _awaited);
        WaitUntil(() => Volatile.Read(ref _awaited) <= 0);
        if (ranks.Count == 1) return TotalOfParts(numbers.Length);
        // One part speaks for all with the other ranks.
        if (part == 0)
        {
            var total = TotalOfParts(numbers.Length);
            ranks.Sum(total);
            _total = total;
        }
        WaitUntil(() => _total is not null);
        return _total!;
    }

    /// <summary>Lets the parts that wait go: one of them failed.</summary>
    public void Abandon() => _isAbandoned = true;

    private double[] TotalOfParts(int length)
    {
        var total = new double[length];
        foreach (var those in _brought)
        {
            for (var i = 0; i < total.Length; i++) total[i] += those[i];
        }
        return total;
    }

    private void WaitUntil(Func<bool> isSo)
    {
        var wait = new SpinWait();
        while (!isSo())
        {
            if (_isAbandoned) throw new OperationCanceledException("another part of the batch failed");
            wait.SpinOnce(sleep1Threshold: -1);
        }
    }
}
