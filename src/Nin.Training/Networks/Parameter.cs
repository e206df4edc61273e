namespace Nin.Training.Networks;

/// <summary>What a parameter is to its layer; optimizers treat them differently.</summary>
public enum ParameterRole
{
    /// <summary>Of a convolution or a fully connected layer.</summary>
    Weight,

    /// <summary>Of a convolution or a fully connected layer.</summary>
    Bias,

    /// <summary>The scale of a batch normalisation.</summary>
    NormWeight,

    /// <summary>The shift of a batch normalisation.</summary>
    NormBias,
}

/// <summary>A trainable tensor and its place in the flat buffer that holds all of them.</summary>
/// <param name="Name">As PyTorch names it, for example <c>0.2.weight</c>.</param>
/// <param name="Shape">As PyTorch has it: [Out, In, k, k], [Out, In] or [C].</param>
/// <param name="Offset">First value in the flat buffer. Convolution weights lie there as [Out, k, k, In], the order that channels-last arithmetic reads.</param>
/// <param name="Role">What it is to its layer.</param>
/// <param name="InFirstLayer">Whether it belongs to the first convolution or fully connected layer.</param>
/// <param name="InLastLayer">Whether it belongs to the last convolution or fully connected layer.</param>
public sealed record Parameter(string Name, long[] Shape, int Offset, ParameterRole Role, bool InFirstLayer, bool InLastLayer)
{
    /// <summary>Number of values.</summary>
    public int Count { get; } = checked((int)Shape.Aggregate(1L, (a, b) => a * b));

    /// <summary>The inputs that one output sums over.</summary>
    public long FanIn => Shape.Skip(1).Aggregate(1L, (a, b) => a * b);

    /// <summary>The outputs that one input goes to.</summary>
    public long FanOut => Shape[0] * Shape.Skip(2).Aggregate(1L, (a, b) => a * b);
}
