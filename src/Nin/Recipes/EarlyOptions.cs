namespace Nin.Recipes;

/// <summary>First epochs on smaller images: they cost less, and what they teach carries over to the full size.</summary>
public sealed record EarlyOptions
{
    /// <summary>The share of the epochs, from the first, rounded down to whole ones; 0: none.</summary>
    public double Share { get; init; }

    /// <summary>The side to which images are resized in these epochs, in pixels.</summary>
    public int ImageSize { get; init; } = 24;
}
