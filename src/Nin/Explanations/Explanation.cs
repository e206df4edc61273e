using System.Collections.Immutable;
using Nin.Imaging;

namespace Nin.Explanations;

/// <summary>Why a picture got its label: its class maps, and the account of the winner's lead over the runner-up.</summary>
public sealed record Explanation
{
    /// <summary>The file, or what else the picture is called.</summary>
    public required string Name { get; init; }

    /// <summary>The picture as the model takes it, before any resize inside the model.</summary>
    public required PixelImage Picture { get; init; }

    /// <summary>A name a class.</summary>
    public required ImmutableArray<string> LabelNames { get; init; }

    /// <summary>[K], which add up to 1.</summary>
    public required ReadOnlyMemory<float> Probabilities { get; init; }

    /// <summary>[K, h, w].</summary>
    public required ClassMaps Maps { get; init; }

    /// <summary>Where the maps lie on the picture.</summary>
    public required MapGeometry Geometry { get; init; }

    /// <summary>The class that the picture is of, where that is known.</summary>
    public int? Truth { get; init; }

    /// <summary>All classes, likeliest first.</summary>
    public ImmutableArray<int> Ranking => [.. Enumerable.Range(0, LabelNames.Length).OrderByDescending(label => Probabilities.Span[label]).ThenByDescending(Evidence)];

    /// <summary>The winner against the runner-up.</summary>
    public Ledger Ledger => Ranking is [var winner, var second, ..] ? Ledger.Of(Maps, winner, second) : Ledger.Of(Maps, 0, 0);

    /// <summary>What the cell sees in which the winner gains most.</summary>
    public PixelArea StrongestField
    {
        get
        {
            var (row, column) = Ledger.Strongest;
            return Geometry.Sees(row, column).On(Picture.Shape);
        }
    }

    /// <summary>Goes with the logit, and tells classes apart whose probabilities are all 0.</summary>
    private double Evidence(int label)
    {
        var sum = 0.0;
        foreach (var cell in Maps[label]) sum += cell;
        return sum;
    }
}
