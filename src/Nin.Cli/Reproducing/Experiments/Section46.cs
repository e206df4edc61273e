using System.Collections.Immutable;
using Nin.Architectures;

namespace Nin.Cli.Reproducing.Experiments;

/// <summary>Section 4.6: the heads of table 5 on a conventional network.</summary>
internal static class Section46
{
    private static readonly ExperimentRun _connected = Run("fully connected", "", 0.1756, 16, new Flatten(), new FullyConnected(10));
    private static readonly ExperimentRun _dropout = Run("fully connected with dropout", "-dropout", 0.1599, 16, new Flatten(), new Dropout(), new FullyConnected(10));
    private static readonly ExperimentRun _pooling = Run("global average pooling", "-gap", 0.1646, 10, new GlobalAveragePool());

    public static Experiment Experiment { get; } = new()
    {
        Name = "section4.6",
        Title = "Global average pooling on a conventional network",
        Source = "section 4.6",
        Shows = "On a conventional network, three convolutions and a layer of local connections, global average pooling gave a lower test error than a fully connected layer, and a higher one than dropout before that layer. Here the layer of local connections shares its weights: it is a convolution.",
        Runs = [_connected, _dropout, _pooling],
        Findings =
        [
            Findings.Lower("Global average pooling beats the fully connected layer", _pooling, _connected),
            Findings.Lower("Dropout before the fully connected layer beats both", _dropout, _pooling),
        ],
    };

    /// <summary>The network of Hinton et al., 2012, that the paper takes: 64 windows of 5x5 three times, then local ones of 3x3.</summary>
    private static ExperimentRun Run(string label, string suffix, double published, int maps, params ImmutableArray<Layer> head) => CifarRuns.Other(label, new()
    {
        Name = $"cnn-cifar10{suffix}",
        Source = "Hinton et al.: Improving neural networks by preventing co-adaptation of feature detectors, 2012",
        Input = new(3, 32, 32),
        Layers =
        [
            new Convolution(64, 5, Padding: 2), new MaxPool(3, 2, Ceil: true), new LocalResponseNormalisation(),
            new Convolution(64, 5, Padding: 2), new AveragePool(3, 2, Ceil: true), new LocalResponseNormalisation(),
            new Convolution(64, 5, Padding: 2), new AveragePool(3, 2, Ceil: true),
            new Convolution(maps, 3, Padding: 1), .. head,
        ],
    }) with { Published = published };
}
