using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nin.Randomness;
using TorchSharp;

namespace Nin.Training.Compute;

/// <summary>
/// Dropout whose mask is a function of (seed, step, layer, element), drawn 32 elements at a time. Nothing is stored: the backward pass draws the same mask again.
/// </summary>
internal static unsafe class DropoutKernel
{
    /// <summary>The key of one layer's mask at one step.</summary>
    public static uint Key(int seed, long step, int layer) => (uint)(CounterRandom.Bits(seed, RandomStream.Dropout, step, layer) >> 32);

    /// <summary>x = kept ? x / (1 - rate) : 0, in place, on bfloat16; also its own backward.</summary>
    /// <param name="x">Contiguous bfloat16, images first.</param>
    /// <param name="rate">In [0, 1).</param>
    /// <param name="key">From <see cref="Key"/>.</param>
    /// <param name="firstImage">The place of x's first image in the whole batch.</param>
    public static void Apply(torch.Tensor x, double rate, uint key, int firstImage)
    {
        var (threshold, scale) = (Threshold(rate), (float)(1 / (1 - rate)));
        var (images, elements) = (x.shape[0], x.numel() / Math.Max(1, x.shape[0]));
        var px = x.Pointer<ushort>();
        for (var image = 0L; image < images; image++)
        {
            var values = px + image * elements;
            for (var i = 0L; i < elements; i += Bf16.Lanes)
            {
                var kept = Kept(key, Block(firstImage + image, elements, i), threshold);
                if (i + Bf16.Lanes <= elements)
                {
                    var (low, high) = Bf16.Widen(Vector512.Load(values + i));
                    Vector512.Store(Bf16.Narrow(low * scale, high * scale) & kept, values + i);
                }
                else
                {
                    for (var lane = 0; i + lane < elements; lane++)
                        values[i + lane] = kept[lane] == 0 ? (ushort)0 : Bf16.FromSingle(Bf16.ToSingle(values[i + lane]) * scale);
                }
            }
        }
    }

    /// <summary>The same mask as factors 0 or 1 / (1 - rate), [images * elements], for the plain step.</summary>
    public static float[] Factors(long images, long elements, double rate, uint key, int firstImage)
    {
        var factors = new float[images * elements];
        var (threshold, scale) = (Threshold(rate), (float)(1 / (1 - rate)));
        for (var image = 0L; image < images; image++)
        {
            for (var i = 0L; i < elements; i += Bf16.Lanes)
            {
                var kept = Kept(key, Block(firstImage + image, elements, i), threshold);
                for (var lane = 0; lane < Bf16.Lanes && i + lane < elements; lane++) factors[image * elements + i + lane] = kept[lane] == 0 ? 0 : scale;
            }
        }
        return factors;
    }

    // Every image begins with a block of its own, so that its mask does not depend on how the batch was cut.
    private static long Block(long image, long elements, long element) => image * ((elements + Bf16.Lanes - 1) / Bf16.Lanes) + element / Bf16.Lanes;

    private static ushort Threshold(double rate) => (ushort)Math.Min(Math.Round(rate * 65536), ushort.MaxValue);

    /// <summary>All bits set where the element of the block is kept: 16 random bits each, from 16 mixed 32-bit counters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ushort> Kept(uint key, long block, ushort threshold)
    {
        var h = (Vector512<uint>.Indices + Vector512.Create((uint)(block * 16))) ^ Vector512.Create(key ^ (uint)(block >> 28) * 0x9e3779b9u);
        h = (h ^ (h >> 16)) * 0x85ebca6bu;
        h = (h ^ (h >> 13)) * 0xc2b2ae35u;
        h ^= h >> 16;
        return Vector512.GreaterThanOrEqual(h.AsUInt16(), Vector512.Create(threshold));
    }
}
