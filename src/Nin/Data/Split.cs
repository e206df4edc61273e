using Nin.Randomness;

namespace Nin.Data;

/// <summary>Divides images by chance such that every class keeps its share: a function of the labels, the share and the seed.</summary>
public static class Split
{
    /// <summary>Holds out a share of every class for validation: at least one image, and never the last one.</summary>
    /// <param name="labels">[N], in 0..<paramref name="classes"/>-1.</param>
    /// <param name="classes">K.</param>
    /// <param name="share">In [0, 1).</param>
    /// <param name="seed">The run's seed.</param>
    /// <returns>The indices that are kept and those that are held out, both ascending.</returns>
    /// <exception cref="UsageException">The share is outside [0, 1).</exception>
    public static (int[] Kept, int[] Held) Stratified(ReadOnlySpan<int> labels, int classes, double share, int seed)
    {
        if (share is not (>= 0 and < 1))
            throw new UsageException($"--val {share} is out of range", "the share held out for validation must be at least 0 and below 1", "use for example --val 0.1");
        return Divide(labels, classes, seed, RandomStream.Split, count => share == 0 ? 0 : Math.Clamp(Round(share * count), Math.Min(1, count - 1), count - 1));
    }

    /// <summary>A share of every class: at least one image.</summary>
    /// <param name="labels">[N], in 0..<paramref name="classes"/>-1.</param>
    /// <param name="classes">K.</param>
    /// <param name="fraction">In (0, 1].</param>
    /// <param name="seed">The run's seed.</param>
    /// <returns>The chosen indices, ascending.</returns>
    /// <exception cref="UsageException">The fraction is outside (0, 1].</exception>
    public static int[] Subset(ReadOnlySpan<int> labels, int classes, double fraction, int seed)
    {
        if (fraction is not (> 0 and <= 1))
            throw new UsageException($"--fraction {fraction} is out of range", "the share of the data that is used must be above 0 and at most 1", "use for example --fraction 0.1");
        return Divide(labels, classes, seed, RandomStream.Subset, count => Math.Max(1, Round(fraction * count))).Held;
    }

    /// <summary>Takes <paramref name="take"/>(n) of the n images of every class.</summary>
    private static (int[] Kept, int[] Held) Divide(ReadOnlySpan<int> labels, int classes, int seed, RandomStream stream, Func<int, int> take)
    {
        var members = Enumerable.Range(0, classes).Select(_ => new List<int>()).ToArray();
        for (var i = 0; i < labels.Length; i++) members[labels[i]].Add(i);

        List<int> kept = [], held = [];
        for (var label = 0; label < classes; label++)
        {
            if (members[label] is not { Count: > 0 } ofClass) continue;
            var taken = take(ofClass.Count);
            var order = CounterRandom.Permutation(ofClass.Count, seed, stream, label);
            for (var i = 0; i < order.Length; i++) (i < taken ? held : kept).Add(ofClass[order[i]]);
        }
        kept.Sort();
        held.Sort();
        return ([.. kept], [.. held]);
    }

    private static int Round(double count) => (int)Math.Round(count, MidpointRounding.AwayFromZero);
}
