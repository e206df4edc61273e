using Nin.Architectures;

namespace Nin.Weights;

/// <summary>Turns a network that was trained on images with blue first into one that takes red first, as Nin's images are.</summary>
public static class ChannelOrder
{
    /// <summary>The same weights, the input channels of the first convolution reversed.</summary>
    /// <param name="weights">Every tensor of the network by its name.</param>
    /// <param name="architecture">The network.</param>
    public static IReadOnlyDictionary<string, TensorData> Reversed(IReadOnlyDictionary<string, TensorData> weights, Architecture architecture)
    {
        var first = StateDict.Of(architecture.Plan()).First().Name;
        var (shape, values) = (weights[first].Shape, weights[first].ToFloats());
        var (channels, cells) = ((int)shape[1], (int)(shape[2] * shape[3]));
        var reversed = new float[values.Length];
        for (var plane = 0; plane < values.Length / cells; plane++)
        {
            var (output, channel) = (plane / channels, plane % channels);
            values.AsSpan(plane * cells, cells).CopyTo(reversed.AsSpan((output * channels + channels - 1 - channel) * cells, cells));
        }
        return weights.ToDictionary(tensor => tensor.Key, tensor => tensor.Key == first ? TensorData.OfFloats(reversed, [.. shape]) : tensor.Value);
    }
}
