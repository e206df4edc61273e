using System.Collections.Immutable;
using Nin.Evaluation;

namespace Nin.Reports.Confusion;

/// <summary>A mistake and how often it was made.</summary>
/// <param name="Truth">The true class.</param>
/// <param name="Prediction">What it was taken for.</param>
/// <param name="Times">Images.</param>
/// <param name="Share">Of the images of the true class, in 0..1.</param>
public sealed record Mistake(string Truth, string Prediction, int Times, double Share)
{
    /// <summary>For example "Shirt taken for T-shirt/top: 87 times".</summary>
    public override string ToString() => $"{Truth} taken for {Prediction}: {(Times == 1 ? "once" : $"{Numbers.Count(Times)} times")}";
}

/// <summary>Reads mistakes off a confusion matrix.</summary>
public static class Mistakes
{
    /// <summary>The most frequent mistakes, most frequent first; at most <paramref name="count"/>.</summary>
    public static ImmutableArray<Mistake> MostFrequent(EvaluationResult result, int count) =>
    [
        .. (from row in result.Confusion.Index()
           from cell in row.Item.Index()
           where cell.Index != row.Index && cell.Item > 0
           orderby cell.Item descending, row.Index, cell.Index
           select new Mistake(result.PerClass[row.Index].Label, result.PerClass[cell.Index].Label, cell.Item, (double)cell.Item / row.Item.Sum())).Take(count),
    ];
}
