namespace Nin.Explanations;

/// <summary>A map a class; the mean of a class's map is its logit (section 3.2 of the paper), so that a map says where the evidence lies.</summary>
/// <param name="Values">[K, Height, Width].</param>
/// <param name="Classes">K.</param>
/// <param name="Height">Cells down.</param>
/// <param name="Width">Cells across.</param>
public sealed record ClassMaps(ReadOnlyMemory<float> Values, int Classes, int Height, int Width)
{
    /// <summary>The map of a class, [Height, Width].</summary>
    public ReadOnlySpan<float> this[int label] => Values.Span.Slice(label * Height * Width, Height * Width);

    /// <summary>What the paper's figure 4 shows: the value that the largest tenth of all activations reaches, and the largest of all.</summary>
    public (float Threshold, float Largest) LargestTenth()
    {
        var sorted = Values.ToArray();
        Array.Sort(sorted);
        return (sorted[(int)(sorted.Length * 0.9)], sorted[^1]);
    }
}
