using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nin.Training.Compute;

/// <summary>bfloat16 as the upper half of a float32: 32 values a vector.</summary>
internal static class Bf16
{
    /// <summary>Values in one vector.</summary>
    public const int Lanes = 32;

    /// <summary>32 bfloat16 as two vectors of 16 float32; exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> Low, Vector512<float> High) Widen(Vector512<ushort> values)
    {
        var (low, high) = Vector512.Widen(values);
        return ((low << 16).AsSingle(), (high << 16).AsSingle());
    }

    /// <summary>Two vectors of 16 float32 as 32 bfloat16, rounded to the nearest, ties to even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Narrow(Vector512<float> low, Vector512<float> high) => Vector512.Narrow(Round(low), Round(high));

    /// <summary>One value widened; exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ToSingle(ushort value) => BitConverter.UInt32BitsToSingle((uint)value << 16);

    /// <summary>One value rounded to the nearest, ties to even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort FromSingle(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Round(Vector512<float> value)
    {
        var bits = value.AsUInt32();
        return (bits + Vector512.Create(0x7fffu) + ((bits >> 16) & Vector512<uint>.One)) >> 16;
    }
}
