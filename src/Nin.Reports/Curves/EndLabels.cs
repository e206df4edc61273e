namespace Nin.Reports.Curves;

/// <summary>Keeps the labels at the ends of lines apart where the lines end close together.</summary>
internal static class EndLabels
{
    /// <summary>
    /// The places nearest to the wanted ones that keep their order and a gap: with the gaps taken out that is isotonic regression, found by
    /// pooling neighbours that are out of order. All lie in [low, high] if there is room.
    /// </summary>
    public static double[] Spread(IReadOnlyList<double> wanted, double gap, double low, double high)
    {
        var order = Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i]).ToArray();
        var pools = new List<(double Sum, int Count)>();
        foreach (var (rank, i) in order.Index())
        {
            var pool = (Sum: wanted[i] - rank * gap, Count: 1);
            while (pools.Count > 0 && pools[^1].Sum / pools[^1].Count > pool.Sum / pool.Count)
            {
                pool = (pool.Sum + pools[^1].Sum, pool.Count + pools[^1].Count);
                pools.RemoveAt(pools.Count - 1);
            }
            pools.Add(pool);
        }

        var highest = Math.Max(low, high - (wanted.Count - 1) * gap);
        var places = pools.SelectMany(pool => Enumerable.Repeat(Math.Clamp(pool.Sum / pool.Count, low, highest), pool.Count)).ToArray();
        var placed = new double[wanted.Count];
        foreach (var (rank, i) in order.Index())
            placed[i] = places[rank] + rank * gap;
        return placed;
    }
}
