using System.Collections.Immutable;

namespace Nin.Architectures;

/// <summary>A network spelled out: every operation with its key, shapes and cost.</summary>
/// <param name="Architecture">The network that was planned.</param>
/// <param name="Steps">The operations, first to last.</param>
public sealed record Plan(Architecture Architecture, ImmutableArray<PlannedStep> Steps)
{
    /// <summary>The shape of the logits: [K, 1, 1].</summary>
    public Shape Output => Steps[^1].Output;

    /// <summary>Trainable values.</summary>
    public long Parameters => Steps.Sum(step => step.Parameters);

    /// <summary>Multiply-accumulates for one image.</summary>
    public long Macs => Steps.Sum(step => step.Macs);

    /// <summary>The size of the weights in MiB as float32.</summary>
    public double SizeMb => Parameters * 4 / 1048576.0;

    /// <summary>The last step whose output still has one map a class, from which explanations are read; null where a fully connected head hides it.</summary>
    public PlannedStep? ClassMaps =>
        Steps[^1].Operation is GlobalAverageOperation && Steps.Length > 1 ? Steps[^2] : null;
}

/// <summary>One operation in its place.</summary>
/// <param name="LayerIndex">Which layer of the architecture it belongs to, from 0.</param>
/// <param name="Key">The prefix of its weights' names, as PyTorch names those of nested <c>nn.Sequential</c>: <c>0.2</c> is the third module of the first block.</param>
/// <param name="Operation">What it computes.</param>
/// <param name="Input">[C, H, W] that it receives.</param>
/// <param name="Output">[C, H, W] that it gives.</param>
/// <param name="ReceptiveField">The side of the square of input pixels that one output cell sees; see <see cref="Architectures.ReceptiveField"/>.</param>
public sealed record PlannedStep(int LayerIndex, string Key, Operation Operation, Shape Input, Shape Output, ReceptiveField ReceptiveField)
{
    /// <summary>Trainable values of this step.</summary>
    public long Parameters => Operation switch
    {
        ConvolutionOperation c => (long)c.Out * c.In * c.Kernel * c.Kernel + c.Out,
        LinearOperation l => (long)l.Out * l.In + l.Out,
        BatchNormOperation b => 2L * b.Channels,
        _ => 0,
    };

    /// <summary>Multiply-accumulates of the matrix work of this step for one image.</summary>
    public long Macs => Operation switch
    {
        ConvolutionOperation c => Output.Elements * c.In * c.Kernel * c.Kernel,
        LinearOperation l => (long)l.Out * l.In,
        _ => 0,
    };
}

/// <summary>Which input pixels a cell of a map sees: cell (i, j) sees the square of <paramref name="Size"/> pixels that begins at (<paramref name="Start"/> + i * <paramref name="Jump"/>, …).</summary>
/// <param name="Size">Side of the square, in input pixels.</param>
/// <param name="Jump">Distance of neighbouring cells, in input pixels.</param>
/// <param name="Start">First pixel of cell 0; negative where padding is seen.</param>
public sealed record ReceptiveField(int Size, int Jump, int Start)
{
    /// <summary>A pixel sees itself.</summary>
    public static ReceptiveField OfInput { get; } = new(1, 1, 0);

    /// <summary>The field after a window of <paramref name="kernel"/> pixels at a stride.</summary>
    public ReceptiveField Through(int kernel, int stride, int padding) =>
        new(Size + (kernel - 1) * Jump, Jump * stride, Start - padding * Jump);
}
