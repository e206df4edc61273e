using System.Collections.Immutable;
using Nin.Architectures;
using Nin.Imaging;
using Nin.Training.Compute;
using Nin.Training.Preprocessing;

namespace Nin.Training.Batches;

/// <summary>
/// Turns stored bytes [C, H, W] into what a network is fed: [H, W, C], resized, normalised, float32 or bfloat16.
/// Without resizing, a table of 256 entries a channel does all of it.
/// </summary>
public sealed class PixelPipeline
{
    private readonly float[][] _table;
    private readonly ushort[][] _tableBf16;
    private readonly Resampler? _columns;
    private readonly Resampler? _rows;

    /// <summary>Prepares tables and weights.</summary>
    /// <param name="stored">[C, H, W] of the data.</param>
    /// <param name="input">[C, H, W] of the network.</param>
    /// <param name="mean">A value a channel, in 0..1.</param>
    /// <param name="standardDeviation">A value a channel, in 0..1.</param>
    /// <param name="alwaysResample">Resize even to the same size, because crops will be drawn.</param>
    public PixelPipeline(Shape stored, Shape input, ImmutableArray<double> mean, ImmutableArray<double> standardDeviation, bool alwaysResample = false)
    {
        (Stored, Input, Mean, StandardDeviation) = (stored, input, mean, standardDeviation);
        _table = [.. Enumerable.Range(0, stored.Channels).Select(c => Array.ConvertAll([.. Enumerable.Range(0, 256)], value => (float)((value / 255.0 - mean[c]) / standardDeviation[c])))];
        _tableBf16 = Array.ConvertAll(_table, table => Array.ConvertAll(table, Bf16.FromSingle));
        if (!alwaysResample && (stored.Height, stored.Width) == (input.Height, input.Width)) return;
        (_columns, _rows) = (new(stored.Width, input.Width), new(stored.Height, input.Height));
    }

    /// <summary>[C, H, W] of the data.</summary>
    public Shape Stored { get; }

    /// <summary>[C, H, W] of the network.</summary>
    public Shape Input { get; }

    /// <summary>A value a channel, in 0..1.</summary>
    public ImmutableArray<double> Mean { get; }

    /// <summary>A value a channel, in 0..1.</summary>
    public ImmutableArray<double> StandardDeviation { get; }

    /// <summary>What is done to whole images afterwards; null: nothing.</summary>
    public Preprocessor? Preprocessor { get; init; }

    /// <summary>What a cut-out square is filled with, a byte a channel: the mean, which normalises to about zero.</summary>
    internal byte[] Grey => [.. Mean.Select(value => (byte)Math.Round(value * 255))];

    /// <summary>Writes one image as float32 [H, W, C].</summary>
    internal void Write(ReadOnlySpan<byte> image, Placement placement, Span<float> target)
    {
        if (_columns is null) LookUp(image, _table, target);
        else Resample(image, placement, target);
    }

    /// <summary>Writes one image as bfloat16 [H, W, C].</summary>
    internal void Write(ReadOnlySpan<byte> image, Placement placement, Span<ushort> target)
    {
        if (_columns is null)
        {
            LookUp(image, _tableBf16, target);
            return;
        }
        var values = new float[target.Length];
        Resample(image, placement, values);
        for (var i = 0; i < values.Length; i++) target[i] = Bf16.FromSingle(values[i]);
    }

    private static void LookUp<T>(ReadOnlySpan<byte> image, T[][] table, Span<T> target)
    {
        var (channels, area) = (table.Length, image.Length / table.Length);
        for (var c = 0; c < channels; c++)
        {
            var plane = image.Slice(c * area, area);
            var values = table[c];
            for (var i = 0; i < plane.Length; i++) target[i * channels + c] = values[plane[i]];
        }
    }

    /// <summary>Normalising is linear and the weights add up to one, so that the table's values can be resized instead of the bytes.</summary>
    private void Resample(ReadOnlySpan<byte> image, Placement placement, Span<float> target)
    {
        var cropped = placement.CropWidth < Stored.Width || placement.CropHeight < Stored.Height;
        var columns = cropped ? new Resampler(Stored.Width, Input.Width, placement.CropX, placement.CropWidth) : _columns!;
        var rows = cropped ? new Resampler(Stored.Height, Input.Height, placement.CropY, placement.CropHeight) : _rows!;
        var wide = new float[Stored.Height * Input.Width];
        var line = new float[Input.Width];
        for (var c = 0; c < Stored.Channels; c++)
        {
            var plane = image.Slice(c * Stored.Height * Stored.Width, Stored.Height * Stored.Width);
            for (var x = 0; x < Input.Width; x++)
            {
                var (first, weights) = columns[x];
                for (var y = 0; y < Stored.Height; y++)
                {
                    var sum = 0f;
                    for (var j = 0; j < weights.Length; j++) sum += weights[j] * _table[c][plane[y * Stored.Width + first + j]];
                    wide[y * Input.Width + x] = sum;
                }
            }
            for (var y = 0; y < Input.Height; y++)
            {
                var (first, weights) = rows[y];
                WeightedSum(wide, first, weights, line);
                for (var x = 0; x < line.Length; x++) target[(y * Input.Width + x) * Stored.Channels + c] = line[x];
            }
        }
    }

    private static void WeightedSum(float[] rows, int first, float[] weights, float[] line)
    {
        Array.Clear(line);
        for (var j = 0; j < weights.Length; j++)
        {
            var row = rows.AsSpan((first + j) * line.Length, line.Length);
            var weight = weights[j];
            for (var x = 0; x < line.Length; x++) line[x] += weight * row[x];
        }
    }
}
