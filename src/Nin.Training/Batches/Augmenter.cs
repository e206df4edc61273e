using System.Drawing;
using Nin.Architectures;
using Nin.Recipes;

namespace Nin.Training.Batches;

/// <summary>Mirrors, shifts, greys out and mixes stored images, byte for byte. Crops are left to the resampling that follows.</summary>
/// <param name="border">What appears at the border of a shifted image.</param>
/// <param name="shape">[C, H, W] of stored images.</param>
/// <param name="grey">What stands where nothing else does: a byte a channel.</param>
internal sealed class Augmenter(BorderKind border, Shape shape, byte[] grey)
{
    private readonly int[] _columns = new int[shape.Width];

    /// <summary>Writes the varied image, [C, H, W]. Where a partner is to stand, the image still does.</summary>
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
        if (placement.Partner is not null) return;
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            for (var y = placement.Cut.Top; y < placement.Cut.Bottom; y++) Row(target, placement.Cut, channel, y).Fill(grey[channel]);
        }
    }

    /// <summary>Puts a part of one varied image in its place in another.</summary>
    public void Paste(Span<byte> image, Rectangle part, Span<byte> target)
    {
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            for (var y = part.Top; y < part.Bottom; y++) Row(image, part, channel, y).CopyTo(Row(target, part, channel, y));
        }
    }

    private Span<byte> Row(Span<byte> image, Rectangle part, int channel, int y) => image.Slice((channel * shape.Height + y) * shape.Width + part.Left, part.Width);

    private void CopyRow(ReadOnlySpan<byte> from, Span<byte> to)
    {
        for (var x = 0; x < to.Length; x++) to[x] = _columns[x] < 0 ? (byte)0 : from[_columns[x]];
    }

    /// <summary>Where a place beyond the border takes its pixel from; -1 for black.</summary>
    private int Source(int place, int size)
    {
        if (place >= 0 && place < size) return place;
        if (border == BorderKind.Zero) return -1;
        var mirrored = place < 0 ? -place : 2 * (size - 1) - place;
        return Math.Clamp(mirrored, 0, size - 1);
    }
}
