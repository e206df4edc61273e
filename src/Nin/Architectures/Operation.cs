namespace Nin.Architectures;

/// <summary>What a layer is made of once it is spelled out. Each reading of a network (training, ONNX) is one switch over these.</summary>
public abstract record Operation;

/// <summary>A convolution with bias. Weights [Out, In, Kernel, Kernel], bias [Out].</summary>
public sealed record ConvolutionOperation(int In, int Out, int Kernel, int Stride, int Padding) : Operation;

/// <summary>Batch normalisation over [N, H, W] of each channel: weight, bias, running_mean, running_var, all [Channels].</summary>
public sealed record BatchNormOperation(int Channels) : Operation
{
    /// <summary>Added to the variance.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>The share of a new batch in the running statistics.</summary>
    public const double Momentum = 0.1;
}

/// <summary>max(x, 0).</summary>
public sealed record ReluOperation : Operation;

/// <summary>Maximum over windows.</summary>
public sealed record MaxPoolOperation(int Kernel, int Stride, int Padding, bool Ceil) : Operation
{
    /// <summary>The number of windows along <paramref name="side"/> cells.</summary>
    public int Along(int side) => Windows.Along(side, Kernel, Stride, Padding, Ceil);
}

/// <summary>Mean over windows, padding not counted.</summary>
public sealed record AveragePoolOperation(int Kernel, int Stride, int Padding, bool Ceil) : Operation;

/// <summary>Dropout at a rate; the identity outside training.</summary>
public sealed record DropoutOperation(double Rate) : Operation;

/// <summary>Local response normalisation across channels.</summary>
public sealed record LocalResponseNormOperation(int Size, double Alpha, double Beta, double K) : Operation;

/// <summary>Maximum over groups of neighbouring channels.</summary>
public sealed record MaxoutOperation(int Pieces) : Operation;

/// <summary>Mean over [H, W].</summary>
public sealed record GlobalAverageOperation : Operation;

/// <summary>[C, H, W] to a vector.</summary>
public sealed record FlattenOperation : Operation;

/// <summary>A matrix product with bias. Weights [Out, In], bias [Out].</summary>
public sealed record LinearOperation(int In, int Out) : Operation;
