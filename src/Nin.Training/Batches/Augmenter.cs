using Nin.Architectures;
using Nin.Recipes;

namespace Nin.Training.Batches;

/// <summary>Mirrors, shifts and greys out stored images, byte for byte. Crops are left to the resampling that follows.</summary>
/// <param name="options">What to vary.</param>
/// <param name="shape">[C, H, W] of stored images.</param>
/// <param name="grey">What stands in a cut-out square: a byte a channel.</param>
internal sealed class Augmenter(AugmentationOptions options, Shape shape, byte[] grey)
{
    private readonly int[] _columns = new int[shape.Width];

    /// <summary>Writes the varied image, [C, H, W].</summary>
    public void Apply(ReadOnlySpan<byte> image, Placement placement, Span<byte> target)
    {
        if (placement is { Flip: false, ShiftX: 0, ShiftY: 0 })
        {
            image.CopyTo(target);
        }
        else
        {
            for (var x = 0; x < shape.Width; x++)
            {
                var source = Source(x - placement.ShiftX, shape.Width);
                _columns[x] = placement.Flip && source >= 0 ? shape.Width - 1 - source : source;
            }
            for (var channel = 0; channel < shape.Channels; channel++)
            {
                for (var y = 0; y < shape.Height; y++)
                {
                    var to = target.Slice((channel * shape.Height + y) * shape.Width, shape.Width);
                    var source = Source(y - placement.ShiftY, shape.Height);
                    if (source < 0) to.Clear();
                    else CopyRow(image.Slice((channel * shape.Height + source) * shape.Width, shape.Width), to);
                }
            }
        }
        if (options.Cutout > 0) CutOut(placement, target);
    }

    private void CopyRow(ReadOnlySpan<byte> from, Span<byte> to)
    {
        for (var x = 0; x < to.Length; x++) to[x] = _columns[x] < 0 ? (byte)0 : from[_columns[x]];
    }

    /// <summary>Where a place beyond the border takes its pixel from; -1 for black.</summary>
    private int Source(int place, int size)
    {
        if (place >= 0 && place < size) return place;
        if (options.Border == BorderKind.Zero) return -1;
        var mirrored = place < 0 ? -place : 2 * (size - 1) - place;
        return Math.Clamp(mirrored, 0, size - 1);
    }

    private void CutOut(Placement placement, Span<byte> target)
    {
        var (left, top) = (Math.Max(0, placement.CutX - options.Cutout / 2), Math.Max(0, placement.CutY - options.Cutout / 2));
        var right = Math.Min(shape.Width, placement.CutX - options.Cutout / 2 + options.Cutout);
        var bottom = Math.Min(shape.Height, placement.CutY - options.Cutout / 2 + options.Cutout);
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            for (var y = top; y < bottom; y++) target.Slice((channel * shape.Height + y) * shape.Width + left, right - left).Fill(grey[channel]);
        }
    }
}
