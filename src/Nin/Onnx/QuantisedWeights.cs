namespace Nin.Onnx;

/// <summary>Weights as signed 8-bit steps, symmetric about zero, each output map with a scale of its own.</summary>
internal static class QuantisedWeights
{
    private const int Steps = sbyte.MaxValue;

    /// <summary>Steps and scales of weights.</summary>
    /// <param name="weights">[Out, ...].</param>
    /// <param name="maps">Out.</param>
    public static (sbyte[] Steps, float[] Scales) Of(ReadOnlySpan<float> weights, int maps)
    {
        var (steps, scales) = (new sbyte[weights.Length], new float[maps]);
        var perMap = weights.Length / maps;
        for (var map = 0; map < maps; map++)
        {
            var own = weights.Slice(map * perMap, perMap);
            var largest = 0f;
            foreach (var value in own) largest = Math.Max(largest, Math.Abs(value));
            scales[map] = largest > 0 ? largest / Steps : 1;
            for (var i = 0; i < perMap; i++) steps[map * perMap + i] = (sbyte)MathF.Round(own[i] / scales[map]);
        }
        return (steps, scales);
    }

    /// <summary>Biases as 32-bit steps.</summary>
    public static int[] Bias(ReadOnlySpan<float> bias, float[] scales)
    {
        var steps = new int[bias.Length];
        for (var i = 0; i < steps.Length; i++) steps[i] = (int)Math.Clamp(Math.Round(bias[i] / (double)scales[i]), int.MinValue, int.MaxValue);
        return steps;
    }
}
