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
    public double SizeMb => Parameters * 4.0 / (1024 * 1024);

    /// <summary>
    /// Bytes of activations that training keeps for the backward pass of one image, as float32: the input and what every step adds to it.
    /// An estimate: gradients, weights, optimizer state and the workspace of convolutions come on top.
    /// </summary>
    public long TrainingBytes => Architecture.Input.Elements * sizeof(float) + Steps.Sum(step => step.TrainingBytes);

    /// <summary>Bytes of activations alive at once, at most, when one image is classified, as float32. Weights come on top.</summary>
    public long InferenceBytes => Steps.Max(step => step.InferenceBytes);

    /// <summary>
    /// The step whose output has one map a class, from which explanations are read (section 4.7); null where the logits are not the
    /// means of maps because a fully connected head hides them.
    /// </summary>
    public PlannedStep? ClassMaps
    {
        get
        {
            var mean = Steps.Length - 1;
            while (mean > 0 && Steps[mean].Operation is FlattenOperation or DropoutOperation) mean--;
            var isMeanOfMaps = mean > 0 && Steps[mean].Operation is GlobalAverageOperation && !Steps.Any(step => step.Operation is LinearOperation);
            return isMeanOfMaps ? Steps[mean - 1] : null;
        }
    }
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
        ConvolutionOperation c => checked((long)c.Out * c.In * c.Kernel * c.Kernel + c.Out),
        LinearOperation l => (long)l.Out * l.In + l.Out,
        BatchNormOperation b => 2L * b.Channels,
        _ => 0,
    };

    /// <summary>Multiply-accumulates of the matrix work of this step for one image.</summary>
    public long Macs => Operation switch
    {
        ConvolutionOperation c => checked(Output.Elements * c.In * c.Kernel * c.Kernel),
        LinearOperation l => (long)l.Out * l.In,
        _ => 0,
    };

    /// <summary>Bytes that this step adds to what training keeps of one image until the backward pass.</summary>
    public long TrainingBytes => sizeof(float) * Output.Elements * Operation switch
    {
        // Their result takes the place of their input: nobody needs what came before a ReLU.
        ReluOperation or FlattenOperation or DropoutOperation { Rate: 0 } => 0,
        // The mask; the result takes the place of the input.
        DropoutOperation => 1,
        // The result and where in the image each maximum was, at 8 bytes a place.
        MaxPoolOperation => 3,
        // The squares, the denominator before and after the power, the result.
        LocalResponseNormOperation => 4,
        _ => 1,
    };

    /// <summary>Bytes alive while this step works on one image outside training: what it reads and what it writes.</summary>
    public long InferenceBytes => sizeof(float) * Operation switch
    {
        // In place.
        ReluOperation or FlattenOperation or DropoutOperation or BatchNormOperation => Output.Elements,
        _ => Input.Elements + Output.Elements,
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
    /// <exception cref="OverflowException">The field is wider than 2^31 pixels.</exception>
    public ReceptiveField Through(int kernel, int stride, int padding) =>
        checked(new(Size + (kernel - 1) * Jump, Jump * stride, Start - padding * Jump));
}
