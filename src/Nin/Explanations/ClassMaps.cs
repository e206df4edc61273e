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

    /// <summary>What the paper's figure 4 shows: the maps with the largest tenth of all activations alone, as far as it is above 0, and 0 elsewhere; and the largest of all.</summary>
    public (ClassMaps Shown, float Largest) LargestTenth()
    {
        var values = Values.ToArray();
        float[] sorted = [.. values];
        Array.Sort(sorted);
        var threshold = sorted[(int)(sorted.Length * 0.9)];
        return (this with { Values = Array.ConvertAll(values, value => value >= threshold && value > 0 ? value : 0) }, sorted[^1]);
    }
}
