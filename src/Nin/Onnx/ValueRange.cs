namespace Nin.Onnx;

/// <summary>The values that a tensor was seen to take, and the steps of 8 bits over them.</summary>
/// <param name="Lowest">At most the smallest value that matters.</param>
/// <param name="Highest">At least the largest value that matters.</param>
public readonly record struct ValueRange(float Lowest, float Highest)
{
    private const int Steps = byte.MaxValue;

    /// <summary>The distance of two steps. Zero always lies on a step, so that padding stays exact.</summary>
    internal float Scale => Math.Max((Math.Max(Highest, 0) - Math.Min(Lowest, 0)) / Steps, float.Epsilon * Steps);

    /// <summary>The step that stands for zero.</summary>
    internal byte ZeroPoint => (byte)Math.Clamp(MathF.Round(-Math.Min(Lowest, 0) / Scale), 0, Steps);
}
