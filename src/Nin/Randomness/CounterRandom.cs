namespace Nin.Randomness;

/// <summary>
/// Random numbers without a state: each is a function of (seed, stream, a, b) and of nothing else, so that a resumed run draws what the
/// uninterrupted one would have drawn. <c>a</c> and <c>b</c> are counters, for example the epoch and the index of an image.
/// </summary>
public static class CounterRandom
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;

    /// <summary>64 random bits.</summary>
    public static ulong Bits(int seed, RandomStream stream, long a, long b = 0)
    {
        var h = Mix(GoldenRatio + ((ulong)(uint)stream << 32 | (uint)seed));
        h = Mix(h + GoldenRatio ^ (ulong)a);
        return Mix(h + GoldenRatio ^ (ulong)b);
    }

    /// <summary>A number in [0, 1), a multiple of 2^-53.</summary>
    public static double Uniform(int seed, RandomStream stream, long a, long b = 0) => ToUnit(Bits(seed, stream, a, b));

    /// <summary>A whole number in [0, <paramref name="count"/>); no value is favoured by more than 2^-33.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public static int Below(int count, int seed, RandomStream stream, long a, long b = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return (int)Math.BigMul(Bits(seed, stream, a, b), (ulong)count, out _);
    }

    /// <summary>The numbers 0 to <paramref name="count"/> - 1 in random order (Fisher and Yates).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public static int[] Permutation(int count, int seed, RandomStream stream, long a)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var order = new int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        for (var i = count - 1; i > 0; i--)
        {
            var j = Below(i + 1, seed, stream, a, i);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    /// <summary>A standard normal number (Box and Muller).</summary>
    public static double Normal(int seed, RandomStream stream, long a, long b = 0)
    {
        var bits = Bits(seed, stream, a, b);
        // 1 - u lies in (0, 1], where the logarithm is finite.
        var radius = Math.Sqrt(-2 * Math.Log(1 - ToUnit(bits)));
        return radius * Math.Cos(2 * Math.PI * ToUnit(Mix(bits + GoldenRatio)));
    }

    private static double ToUnit(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    /// <summary>A bijection of 64-bit words in which each input bit flips each output bit about half the time: multiply and fold, as in splitmix64.</summary>
    private static ulong Mix(ulong x)
    {
        x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
        x = (x ^ x >> 27) * 0x94D049BB133111EB;
        return x ^ x >> 31;
    }
}
