namespace Nin.Evaluation;

/// <summary>The range in which a true share lies, given a measured one (Wilson, 1927). Unlike the textbook's interval it stays inside 0..1.</summary>
/// <param name="Low">In 0..1.</param>
/// <param name="High">In 0..1.</param>
public sealed record WilsonInterval(double Low, double High)
{
    /// <summary>The two-sided 97.5 % quantile of the normal distribution.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>The 95 % interval of the share <paramref name="successes"/> / <paramref name="trials"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No trials, or more successes than trials.</exception>
    public static WilsonInterval Of(int successes, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        var n = (double)trials;
        var share = successes / n;
        var scale = 1 + Z * Z / n;
        var centre = (share + Z * Z / (2 * n)) / scale;
        var half = Z * Math.Sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / scale;
        return new(Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
