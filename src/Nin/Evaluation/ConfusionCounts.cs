using System.Collections.Immutable;

namespace Nin.Evaluation;

/// <summary>What was taken for what: counts [K, K], rows are true classes, columns predicted ones.</summary>
/// <param name="classes">K.</param>
public sealed class ConfusionCounts(int classes)
{
    private readonly int[,] _counts = new int[classes, classes];

    /// <summary>Counts one image.</summary>
    public void Add(int label, int predicted) => _counts[label, predicted]++;

    /// <summary>The counts, [K][K].</summary>
    public ImmutableArray<ImmutableArray<int>> ToRows() =>
        [.. Enumerable.Range(0, classes).Select(row => Enumerable.Range(0, classes).Select(column => _counts[row, column]).ToImmutableArray())];

    /// <summary>Precision, recall and F1 of each class; what is undefined is 0.</summary>
    public ImmutableArray<ClassResult> PerClass(ImmutableArray<string> labelNames) => [.. labelNames.Select(Score)];

    private ClassResult Score(string name, int label)
    {
        int images = 0, predicted = 0;
        for (var other = 0; other < classes; other++)
        {
            images += _counts[label, other];
            predicted += _counts[other, label];
        }
        var right = _counts[label, label];
        return new(name, images, Share(right, predicted), Share(right, images), Share(2 * right, images + predicted));
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : part / (double)whole;
}
