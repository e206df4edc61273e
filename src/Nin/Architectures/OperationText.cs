using static System.FormattableString;

namespace Nin.Architectures;

/// <summary>An operation in a few words, as the rows below a layer in a summary show it.</summary>
public static class OperationText
{
    /// <summary>For example "convolution 5x5, 3 -> 192" or "ReLU".</summary>
    public static string Describe(Operation operation) => operation switch
    {
        ConvolutionOperation c => $"convolution {LayerText.Window(c.Kernel, c.Stride)}, {c.In} -> {c.Out}{Padding(c.Padding)}",
        BatchNormOperation => "batch norm",
        ReluOperation => "ReLU",
        MaxPoolOperation p => $"max pool {LayerText.Window(p.Kernel, p.Stride)}{Padding(p.Padding)}{Rounding(p.Ceil)}",
        AveragePoolOperation p => $"average pool {LayerText.Window(p.Kernel, p.Stride)}{Padding(p.Padding)}{Rounding(p.Ceil)}",
        DropoutOperation d => Invariant($"dropout {d.Rate}"),
        LocalResponseNormOperation n => $"local response norm {n.Size}",
        MaxoutOperation m => $"maxout {m.Pieces}",
        GlobalAverageOperation => "global average",
        FlattenOperation => "flatten",
        LinearOperation l => $"linear, {l.In} -> {l.Out}",
        _ => operation.GetType().Name,
    };

    private static string Padding(int padding) => padding == 0 ? "" : $", padding {padding}";

    private static string Rounding(bool ceil) => ceil ? ", ceil" : "";
}
