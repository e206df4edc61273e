using Nin.Architectures;

namespace Nin.Cli.Reproducing.Experiments;

/// <summary>The trainings on CIFAR-10 that several experiments share: the authors' recipe, with one thing changed.</summary>
internal static class CifarRuns
{
    private const string Recipe = "paper-cifar10";

    private static readonly Architecture _net = Catalogue.Find("nin-cifar10").Build();

    /// <summary>The authors' network, as it is.</summary>
    public static ExperimentRun Nin { get; } = new("paper-cifar10", "NiN with dropout", Recipe) { Published = 0.1041 };

    /// <summary>Without the dropout between mlpconv layers.</summary>
    public static ExperimentRun WithoutDropout { get; } = new("paper-cifar10-no-dropout", "NiN without dropout", Recipe) { Published = 0.1451, Network = _net.WithoutDropout() };

    /// <summary>With translation and flip.</summary>
    public static ExperimentRun Augmented { get; } = new("paper-cifar10-augmented", "NiN with dropout, augmented", "paper-cifar10-augmented") { Published = 0.0881 };

    /// <summary>A fully connected layer in place of global average pooling.</summary>
    public static ExperimentRun FullyConnected { get; } = new("paper-cifar10-fc", "fully connected", Recipe) { Published = 0.1159, Network = _net.WithFullyConnectedHead() };

    /// <summary>The same, with dropout before that layer.</summary>
    public static ExperimentRun FullyConnectedDropout { get; } = new("paper-cifar10-fc-dropout", "fully connected with dropout", Recipe) { Published = 0.1088, Network = _net.WithFullyConnectedHead(dropout: true) };

    /// <summary>A network of another kind by the same recipe.</summary>
    public static ExperimentRun Other(string label, Architecture network) => new(network.Name, label, Recipe) { Network = network };
}
