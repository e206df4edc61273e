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
    /// <param name="x">Contiguous bfloat16.</param>
    /// <param name="rate">In [0, 1).</param>
    /// <param name="key">From <see cref="Key"/>.</param>
    /// <param name="firstElement">The place of x's first element in the whole batch, a multiple of 32.</param>
    public static void Apply(torch.Tensor x, double rate, uint key, long firstElement = 0)
    {
        var px = x.Pointer<ushort>();
        var threshold = Threshold(rate);
        var scale = (float)(1 / (1 - rate));
        var length = x.numel();
        Cores.For((length + Bf16.Lanes - 1) / Bf16.Lanes, (_, first, end) =>
        {
            for (var block = first; block < end; block++)
            {
                var kept = Kept(key, firstElement / Bf16.Lanes + block, threshold);
                var i = block * Bf16.Lanes;
                if (i + Bf16.Lanes <= length)
                {
                    var (low, high) = Bf16.Widen(Vector512.Load(px + i));
                    Vector512.Store(Bf16.Narrow(low * scale, high * scale) & kept, px + i);
                }
                else
                {
                    for (var lane = 0; i + lane < length; lane++)
                        px[i + lane] = kept[lane] == 0 ? (ushort)0 : Bf16.FromSingle(Bf16.ToSingle(px[i + lane]) * scale);
                }
            }
        });
    }

    /// <summary>The same mask as factors 0 or 1 / (1 - rate), for the plain step.</summary>
    public static float[] Factors(long length, double rate, uint key, long firstElement = 0)
    {
        var factors = new float[length];
        var (threshold, scale) = (Threshold(rate), (float)(1 / (1 - rate)));
        for (long i = 0; i < length; i += Bf16.Lanes)
        {
            var kept = Kept(key, (firstElement + i) / Bf16.Lanes, threshold);
            for (var lane = 0; lane < Bf16.Lanes && i + lane < length; lane++) factors[i + lane] = kept[lane] == 0 ? 0 : scale;
        }
        return factors;
    }

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
