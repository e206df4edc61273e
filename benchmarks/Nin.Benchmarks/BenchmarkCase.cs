using Nin.Architectures;

namespace Nin.Benchmarks;

/// <summary>A network to train and the size of its steps.</summary>
/// <param name="Network">Of the catalogue, at its own size.</param>
/// <param name="Batch">Images in a step.</param>
/// <param name="Stored">[C, H, W] of the images that our loader resizes; null where they are stored as the network wants them. The other contestants always find images ready to use.</param>
internal sealed record BenchmarkCase(string Network, int Batch, Shape? Stored = null)
{
    /// <summary>The three networks that stand for small colour images, large images, and the default job.</summary>
    public static IReadOnlyList<BenchmarkCase> All { get; } =
    [
        new("nin-cifar10", 128),
        new("nin-d2l", 32, new Shape(1, 28, 28)),
        new("nin-fast", 128),
    ];

    /// <summary>The network's entry in the catalogue.</summary>
    public CatalogueEntry Entry => Catalogue.Find(Network);

    /// <summary>The network spelled out.</summary>
    public Plan Plan => Entry.Build().Plan();

    /// <summary>The case of a network.</summary>
    /// <exception cref="UsageException">It is not one of the three.</exception>
    public static BenchmarkCase Find(string network) =>
        All.FirstOrDefault(known => known.Network == network)
        ?? throw new UsageException($"there is no benchmark of '{network}'", $"there are {string.Join(", ", All.Select(known => known.Network))}", Suggestion.Remedy(network, [.. All.Select(known => known.Network)]));
}
