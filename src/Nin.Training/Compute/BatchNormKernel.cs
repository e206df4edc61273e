using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TorchSharp;

namespace Nin.Training.Compute;

/// <summary>
/// Batch normalisation and the ReLU behind it on bfloat16 rows [N * H * W, C], statistics in float32 and double: two passes forward, two backward, the ReLU costs none.
/// </summary>
internal static unsafe class BatchNormKernel
{
    // Rows that are summed in float32 before the sums move to double: few enough to stay exact, and their inputs in the first-level cache.
    private const int RowsPerBlock = 128;

    /// <summary>The sums over rows of each channel and of its squares: [C], then [C].</summary>
    public static double[] Sums(torch.Tensor x)
    {
        var channels = (int)x.shape[^1];
        var rows = x.numel() / channels;
        var px = x.Pointer<ushort>();
        var sums = new double[2 * channels];
        for (var block = 0L; block < rows; block += RowsPerBlock) AddSquares(px, channels, block, Math.Min(block + RowsPerBlock, rows), sums);
        return sums;
    }

    /// <summary>y = x * scale + shift, and max(y, 0) with <paramref name="relu"/>.</summary>
    public static void Apply(torch.Tensor x, torch.Tensor y, float[] scale, float[] shift, bool relu)
    {
        var channels = scale.Length;
        var px = x.Pointer<ushort>();
        var py = y.Pointer<ushort>();
        var floor = Vector512.Create(relu ? 0f : float.NegativeInfinity);
        var rows = x.numel() / channels;
        fixed (float* ps = scale, ph = shift)
        {
            for (var row = 0L; row < rows; row++)
            {
                var source = px + row * channels;
                var target = py + row * channels;
                var c = 0;
                for (; c <= channels - Bf16.Lanes; c += Bf16.Lanes)
                {
                    var (low, high) = Bf16.Widen(Vector512.Load(source + c));
                    low = Vector512.Max(Vector512.FusedMultiplyAdd(low, Vector512.Load(ps + c), Vector512.Load(ph + c)), floor);
                    high = Vector512.Max(Vector512.FusedMultiplyAdd(high, Vector512.Load(ps + c + 16), Vector512.Load(ph + c + 16)), floor);
                    Vector512.Store(Bf16.Narrow(low, high), target + c);
                }
                for (; c < channels; c++)
                {
                    var value = float.FusedMultiplyAdd(Bf16.ToSingle(source[c]), ps[c], ph[c]);
                    target[c] = Bf16.FromSingle(relu ? Math.Max(value, 0) : value);
                }
            }
        }
    }

    /// <summary>The sums over rows of the gradient behind the ReLU, and of that gradient times x: [C], then [C].</summary>
    public static double[] GradientSums(torch.Tensor gradient, torch.Tensor x, float[] scale, float[] shift, bool relu)
    {
        var channels = scale.Length;
        var rows = x.numel() / channels;
        var pg = gradient.Pointer<ushort>();
        var px = x.Pointer<ushort>();
        var sums = new double[2 * channels];
        fixed (float* ps = scale, ph = shift)
        {
            for (var block = 0L; block < rows; block += RowsPerBlock)
                AddGradients(pg, px, ps, ph, channels, block, Math.Min(block + RowsPerBlock, rows), relu, sums);
        }
        return sums;
    }

    /// <summary>gradient = a * (gradient behind the ReLU) + b * x + d, in place.</summary>
    public static void GradientApply(torch.Tensor gradient, torch.Tensor x, float[] scale, float[] shift, bool relu, float[] a, float[] b, float[] d)
    {
        var channels = scale.Length;
        var pg = gradient.Pointer<ushort>();
        var px = x.Pointer<ushort>();
        var rows = x.numel() / channels;
        fixed (float* ps = scale, ph = shift, pa = a, pb = b, pd = d)
        {
            for (var row = 0L; row < rows; row++)
            {
                var target = pg + row * channels;
                var source = px + row * channels;
                var c = 0;
                for (; c <= channels - Bf16.Lanes; c += Bf16.Lanes)
                {
                    var (xLow, xHigh) = Bf16.Widen(Vector512.Load(source + c));
                    var (gLow, gHigh) = Masked(Vector512.Load(target + c), xLow, xHigh, ps + c, ph + c, relu);
                    var low = Vector512.FusedMultiplyAdd(gLow, Vector512.Load(pa + c), Vector512.FusedMultiplyAdd(xLow, Vector512.Load(pb + c), Vector512.Load(pd + c)));
                    var high = Vector512.FusedMultiplyAdd(gHigh, Vector512.Load(pa + c + 16), Vector512.FusedMultiplyAdd(xHigh, Vector512.Load(pb + c + 16), Vector512.Load(pd + c + 16)));
                    Vector512.Store(Bf16.Narrow(low, high), target + c);
                }
                for (; c < channels; c++)
                    target[c] = Bf16.FromSingle(pa[c] * Masked(target[c], source[c], ps[c], ph[c], relu) + (pb[c] * Bf16.ToSingle(source[c]) + pd[c]));
            }
        }
    }

    private static void AddSquares(ushort* px, int channels, long first, long end, double[] sums)
    {
        var c = 0;
        for (; c <= channels - Bf16.Lanes; c += Bf16.Lanes)
        {
            Vector512<float> low = default, high = default, lowSquares = default, highSquares = default;
            for (var row = first; row < end; row++)
            {
                var (l, h) = Bf16.Widen(Vector512.Load(px + row * channels + c));
                low += l;
                high += h;
                lowSquares = Vector512.FusedMultiplyAdd(l, l, lowSquares);
                highSquares = Vector512.FusedMultiplyAdd(h, h, highSquares);
            }
            Add(sums, c, low, high);
            Add(sums, channels + c, lowSquares, highSquares);
        }
        for (; c < channels; c++)
        {
            for (var row = first; row < end; row++)
            {
                var value = Bf16.ToSingle(px[row * channels + c]);
                sums[c] += value;
                sums[channels + c] += value * value;
            }
        }
    }

    private static void AddGradients(ushort* pg, ushort* px, float* ps, float* ph, int channels, long first, long end, bool relu, double[] sums)
    {
        var c = 0;
        for (; c <= channels - Bf16.Lanes; c += Bf16.Lanes)
        {
            Vector512<float> low = default, high = default, lowProduct = default, highProduct = default;
            for (var row = first; row < end; row++)
            {
                var (xLow, xHigh) = Bf16.Widen(Vector512.Load(px + row * channels + c));
                var (gLow, gHigh) = Masked(Vector512.Load(pg + row * channels + c), xLow, xHigh, ps + c, ph + c, relu);
                low += gLow;
                high += gHigh;
                lowProduct = Vector512.FusedMultiplyAdd(gLow, xLow, lowProduct);
                highProduct = Vector512.FusedMultiplyAdd(gHigh, xHigh, highProduct);
            }
            Add(sums, c, low, high);
            Add(sums, channels + c, lowProduct, highProduct);
        }
        for (; c < channels; c++)
        {
            for (var row = first; row < end; row++)
            {
                var g = Masked(pg[row * channels + c], px[row * channels + c], ps[c], ph[c], relu);
                sums[c] += g;
                sums[channels + c] += g * Bf16.ToSingle(px[row * channels + c]);
            }
        }
    }

    /// <summary>The gradient where the ReLU let the value through, which the value itself tells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> Low, Vector512<float> High) Masked(Vector512<ushort> gradient, Vector512<float> xLow, Vector512<float> xHigh, float* scale, float* shift, bool relu)
    {
        var (low, high) = Bf16.Widen(gradient);
        if (!relu) return (low, high);
        var zLow = Vector512.FusedMultiplyAdd(xLow, Vector512.Load(scale), Vector512.Load(shift));
        var zHigh = Vector512.FusedMultiplyAdd(xHigh, Vector512.Load(scale + 16), Vector512.Load(shift + 16));
        return (low & Vector512.GreaterThan(zLow, Vector512<float>.Zero), high & Vector512.GreaterThan(zHigh, Vector512<float>.Zero));
    }

    private static float Masked(ushort gradient, ushort x, float scale, float shift, bool relu) =>
        relu && float.FusedMultiplyAdd(Bf16.ToSingle(x), scale, shift) <= 0 ? 0 : Bf16.ToSingle(gradient);

    private static void Add(double[] sums, int at, Vector512<float> low, Vector512<float> high)
    {
        for (var lane = 0; lane < 16; lane++)
        {
            sums[at + lane] += low[lane];
            sums[at + 16 + lane] += high[lane];
        }
    }
}
