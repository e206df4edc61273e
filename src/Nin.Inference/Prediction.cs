using System.Collections.Immutable;
using Nin.Explanations;

namespace Nin.Inference;

/// <summary>What a model says of one image.</summary>
/// <param name="LabelNames">A name a class.</param>
/// <param name="Logits">[K].</param>
/// <param name="Probabilities">[K], which add up to 1.</param>
/// <param name="Maps">Where the evidence for each class lies; null for networks with a fully connected head.</param>
public sealed record Prediction(ImmutableArray<string> LabelNames, ReadOnlyMemory<float> Logits, ReadOnlyMemory<float> Probabilities, ClassMaps? Maps)
{
    /// <summary>The number of the likeliest class, from 0.</summary>
    public int Index { get; } = Largest(Logits.Span);

    /// <summary>The name of the likeliest class.</summary>
    public string Label => LabelNames[Index];

    /// <summary>The probability of the likeliest class.</summary>
    public float Probability => Probabilities.Span[Index];

    /// <summary>The likeliest classes, best first; fewer than asked for where there are no more.</summary>
    public ImmutableArray<ScoredLabel> Top(int count)
    {
        // By logits, as the winner: probabilities of a sure model are 0 for all others.
        var logits = Logits.ToArray();
        return [.. Enumerable.Range(0, logits.Length).OrderByDescending(index => logits[index]).Take(count).Select(index => new ScoredLabel(index, LabelNames[index], Probabilities.Span[index]))];
    }

    private static int Largest(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++) if (values[i] > values[best]) best = i;
        return best;
    }
}

/// <summary>A class and how likely it is.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Label">Its name.</param>
/// <param name="Probability">0..1.</param>
public sealed record ScoredLabel(int Index, string Label, float Probability);
