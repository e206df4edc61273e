namespace Nin.Training.Networks;

/// <summary>
/// Where the parts of a batch, computed side by side, add up what must come from the whole batch: the sums of one batch normalisation. Every part adds
/// the same numbers in the same order, so that the total does not depend on who came first.
/// </summary>
internal sealed class Exchange
{
    private double[][] _brought = [];
    private int _awaited;
    private volatile bool _isAbandoned;

    /// <summary>Makes ready for a pass in so many parts.</summary>
    public void Begin(int parts)
    {
        _brought = new double[parts][];
        (_awaited, _isAbandoned) = (parts, false);
    }

    /// <summary>Waits for every part and returns the sum of what they brought. Each part calls it once a pass, with as many numbers as the others.</summary>
    /// <exception cref="OperationCanceledException">Another part failed and will not come.</exception>
    public double[] Add(int part, double[] numbers)
    {
        _brought[part] = numbers;
        Interlocked.Decrement(ref _awaited);
        var wait = new SpinWait();
        while (Volatile.Read(ref _awaited) > 0)
        {
            if (_isAbandoned) throw new OperationCanceledException("another part of the batch failed");
            wait.SpinOnce(sleep1Threshold: -1);
        }
        var total = new double[numbers.Length];
        foreach (var those in _brought)
        {
            for (var i = 0; i < total.Length; i++) total[i] += those[i];
        }
        return total;
    }

    /// <summary>Lets the parts that wait go: one of them failed.</summary>
    public void Abandon() => _isAbandoned = true;
}
