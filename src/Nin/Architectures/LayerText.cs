using static System.FormattableString;

namespace Nin.Architectures;

/// <summary>A layer in a few words, as tables and errors show it.</summary>
public static class LayerText
{
    /// <summary>For example "mlpconv 5x5: 192, 160, 96" or "max pool 3x3/2".</summary>
    public static string Describe(Layer? layer) => layer switch
    {
        Mlpconv m => $"mlpconv {Window(m.Kernel, m.Stride)}: {(m.Widths.IsDefault ? "" : string.Join(", ", m.Widths))}{(m.BatchNorm ? " + batch norm" : "")}{(m.FinalRelu ? "" : ", linear end")}",
        Convolution c => $"convolution {Window(c.Kernel, c.Stride)}: {c.Width}{(c.BatchNorm ? " + batch norm" : "")}{(c.Relu ? " + ReLU" : "")}",
        BatchNormalisation => "batch normalisation",
        Relu => "ReLU",
        MaxPool p => $"max pool {Window(p.Kernel, p.Stride)}{(p.Ceil ? ", ceil" : "")}",
        AveragePool p => $"average pool {Window(p.Kernel, p.Stride)}{(p.Ceil ? ", ceil" : "")}",
        Dropout d => Invariant($"dropout {d.Rate}"),
        LocalResponseNormalisation n => $"local response norm {n.Size}",
        Maxout m => $"maxout {m.Pieces}",
        GlobalAveragePool => "global average pool",
        Flatten => "flatten",
        FullyConnected f => $"fully connected: {f.Width}{(f.Relu ? " + ReLU" : "")}",
        null => "null",
        _ => layer.GetType().Name,
    };

    internal static string Window(int kernel, int stride) => stride == 1 ? $"{kernel}x{kernel}" : $"{kernel}x{kernel}/{stride}";
}
