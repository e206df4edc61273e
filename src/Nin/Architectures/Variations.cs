using System.Collections.Immutable;

namespace Nin.Architectures;

/// <summary>Networks with one thing changed, as the paper compares them.</summary>
public static class Variations
{
    /// <summary>The network without its dropout layers (figure 3).</summary>
    public static Architecture WithoutDropout(this Architecture network) =>
        network with { Name = $"{network.Name}-no-dropout", Layers = [.. network.Layers.Where(layer => layer is not Dropout)] };

    /// <summary>
    /// The network with a fully connected layer on the last maps, spread out as a vector, in place of global average pooling (section 4.6).
    /// </summary>
    /// <param name="network">Ends with <see cref="GlobalAveragePool"/>.</param>
    /// <param name="dropout">Whether half of that vector is dropped in training.</param>
    public static Architecture WithFullyConnectedHead(this Architecture network, bool dropout = false)
    {
        ImmutableArray<Layer> head = [new Flatten(), .. dropout ? [new Dropout()] : ImmutableArray<Layer>.Empty, new FullyConnected(network.Classes)];
        return network with { Name = $"{network.Name}-fc{(dropout ? "-dropout" : "")}", Layers = [.. network.Layers[..^1], .. head] };
    }

    /// <summary>
    /// The network with batch normalisation after every convolution but the one that gives the class maps, which becomes linear: it gets going in a few hundred
    /// steps, where the authors' networks take thousands.
    /// </summary>
    public static Architecture WithBatchNormalisation(this Architecture network)
    {
        var last = network.Layers.LastIndexOf(network.Layers.Last(layer => layer is Mlpconv or Convolution));
        return network with { Name = $"{network.Name}-normalised", Layers = [.. network.Layers.Select((layer, i) => Normalised(layer, isLast: i == last))] };
    }

    private static Layer Normalised(Layer layer, bool isLast) => layer switch
    {
        Mlpconv mlpconv => mlpconv with { BatchNorm = true, FinalRelu = !isLast && mlpconv.FinalRelu },
        Convolution convolution => convolution with { BatchNorm = !isLast, Relu = !isLast && convolution.Relu },
        _ => layer,
    };
}
