namespace Nin.Reports.Curves;

/// <summary>Round values along an axis: 1, 2 or 5 times a power of ten apart.</summary>
internal static class Ticks
{
    /// <summary>About <paramref name="count"/> multiples of one step in [low, high].</summary>
    public static double[] Between(double low, double high, int count, double smallestStep = 0)
    {
        var step = Math.Max(smallestStep, RoundUp((high - low) / count));
        var first = (long)Math.Ceiling(low / step - 1e-9);
        var last = (long)Math.Floor(high / step + 1e-9);
        return [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => (first + i) * step)];
    }

    /// <summary>Whole epochs: the first, then round ones, then the last, none nearer to another than <paramref name="gap"/>.</summary>
    public static double[] Epochs(double first, double last, double gap)
    {
        if (first == last)
            return [first];
        var inner = Between(first, last, (int)Math.Max(1, (last - first) / gap), smallestStep: 1);
        return [first, .. inner.Where(epoch => epoch > first && epoch < last && epoch - first >= gap * 0.75 && last - epoch >= gap * 0.75), last];
    }

    private static double RoundUp(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power * (step / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
    }
}
