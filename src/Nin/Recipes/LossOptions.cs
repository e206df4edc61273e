namespace Nin.Recipes;

/// <summary>What is minimised: cross-entropy.</summary>
public sealed record LossOptions
{
    /// <summary>The share of probability spread over all classes.</summary>
    public double LabelSmoothing { get; init; }
}
