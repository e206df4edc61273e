namespace Nin;

/// <summary>"Did you mean …?": the known name nearest to a mistyped one.</summary>
public static class Suggestion
{
    /// <summary>The candidate that <paramref name="typed"/> most likely stands for, or null when none is near.</summary>
    public static string? Nearest(string typed, IEnumerable<string> candidates)
    {
        var most = Math.Max(2, typed.Length / 3);
        var best = candidates
            .Where(candidate => Math.Abs(candidate.Length - typed.Length) <= most)
            .Select(candidate => (candidate, distance: Distance(typed.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .OrderBy(pair => pair.distance)
            .FirstOrDefault((candidate: "", distance: int.MaxValue));
        return best.distance <= most ? best.candidate : null;
    }

    /// <summary>A remedy for a name that is not known: the nearest one if there is one, else all of them.</summary>
    public static string Remedy(string typed, IReadOnlyCollection<string> candidates) =>
        Nearest(typed, candidates) is { } nearest ? $"did you mean '{nearest}'?" : $"use one of: {string.Join(", ", candidates)}";

    /// <summary>The Damerau-Levenshtein distance: insertions, deletions, substitutions and swaps of neighbours.</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
