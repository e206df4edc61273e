using Nin.Architectures;
using Nin.Weights;

namespace Nin.Onnx;

/// <summary>A convolution with what the batch normalisation behind it does, once its statistics stand still, put into its own weights.</summary>
/// <param name="Weights">[Out, In, Kernel, Kernel].</param>
/// <param name="Bias">[Out].</param>
internal sealed record FoldedConvolution(float[] Weights, float[] Bias)
{
    /// <summary>The weights as they are stored, or folded with a normalisation.</summary>
    /// <param name="weights">All tensors of the network.</param>
    /// <param name="key">Of the convolution.</param>
    /// <param name="normKey">Of the batch normalisation behind it, or null.</param>
    public static FoldedConvolution Of(IReadOnlyDictionary<string, TensorData> weights, string key, string? normKey)
    {
        var (weight, bias) = (weights[$"{key}.weight"].ToFloats(), weights[$"{key}.bias"].ToFloats());
        if (normKey is null) return new(weight, bias);

        float[] Norm(string name) => weights[$"{normKey}.{name}"].ToFloats();
        var (gamma, beta, mean, variance) = (Norm("weight"), Norm("bias"), Norm("running_mean"), Norm("running_var"));
        var perMap = weight.Length / bias.Length;
        for (var map = 0; map < bias.Length; map++)
        {
            var scale = gamma[map] / Math.Sqrt(variance[map] + BatchNormOperation.Epsilon);
            foreach (ref var value in weight.AsSpan(map * perMap, perMap)) value = (float)(value * scale);
            bias[map] = (float)((bias[map] - mean[map]) * scale + beta[map]);
        }
        return new(weight, bias);
    }
}
