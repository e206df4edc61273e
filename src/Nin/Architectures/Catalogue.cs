using System.Collections.Immutable;

namespace Nin.Architectures;

/// <summary>The networks that Nin knows by name. Each adapts to the channels and classes of the data at hand.</summary>
public static class Catalogue
{
    /// <summary>Every network with the input and the number of classes that it was published with.</summary>
    public static ImmutableArray<CatalogueEntry> Entries { get; } =
    [
        new("nin-fast", "ours, for 28x28 images: the default job", new(1, 28, 28), 10, Fast),
        new("nin-photo", "ours, for photographs of 48x48 and more", new(3, 96, 96), 10, Photo),
        new("nin-cifar10", "the authors' CIFAR-10 net (cuda-convnet, branch NIN)", new(3, 32, 32), 10, AuthorsCifar),
        new("nin-cifar10-bn", "ours: the authors' CIFAR-10 net with batch normalisation in place of dropout and the last ReLU", new(3, 32, 32), 10, NormalisedCifar),
        new("nin-cifar100", "the authors' CIFAR-100 net", new(3, 32, 32), 100, AuthorsCifar),
        new("nin-svhn", "the authors' SVHN net", new(3, 32, 32), 10, AuthorsSvhn),
        new("nin-mnist", "the authors' MNIST net", new(1, 28, 28), 10, AuthorsMnist),
        new("nin-imagenet", "the authors' ImageNet net (Caffe Model Zoo)", new(3, 224, 224), 1000, AuthorsImageNet),
        new("nin-cifar10-caffe", "the Caffe version of the CIFAR-10 net: its second pooling averages", new(3, 32, 32), 10, CaffeCifar),
        new("nin-cifar10-caffe-bn", "ours: the Caffe version with batch normalisation in place of dropout and the last ReLU", new(3, 32, 32), 10, NormalisedCaffeCifar),
        new("nin-d2l", "the network of Dive into Deep Learning, its chapter on NiN", new(1, 224, 224), 10, Textbook),
        new("nin-course", "a course page's example: three mlpconv layers of 96, 256, 384", new(3, 224, 224), 10, Course),
    ];

    /// <summary>The names, in the order of <see cref="Entries"/>.</summary>
    public static IReadOnlyCollection<string> Names { get; } = [.. Entries.Select(entry => entry.Name)];

    /// <summary>The entry of a name.</summary>
    /// <exception cref="UsageException">There is no such network.</exception>
    public static CatalogueEntry Find(string name) =>
        Entries.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new UsageException($"there is no network '{name}'", $"the catalogue has {string.Join(", ", Names)}", Suggestion.Remedy(name, Names));

    private static ImmutableArray<Layer> AuthorsCifar(int classes) =>
    [
        new Mlpconv([192, 160, 96], 5, Padding: 2), new MaxPool(3, 2, Ceil: true), new Dropout(),
        new Mlpconv([192, 192, 192], 5, Padding: 2), new MaxPool(3, 2, Ceil: true), new Dropout(),
        new Mlpconv([192, 192, classes], 3, Padding: 1), new GlobalAveragePool(),
    ];

    private static ImmutableArray<Layer> NormalisedCifar(int classes) =>
    [
        new Mlpconv([192, 160, 96], 5, Padding: 2, BatchNorm: true), new MaxPool(3, 2, Ceil: true),
        new Mlpconv([192, 192, 192], 5, Padding: 2, BatchNorm: true), new MaxPool(3, 2, Ceil: true),
        new Mlpconv([192, 192, classes], 3, Padding: 1, BatchNorm: true, FinalRelu: false), new GlobalAveragePool(),
    ];

    private static ImmutableArray<Layer> CaffeCifar(int classes) =>
        AuthorsCifar(classes).SetItem(4, new AveragePool(3, 2, Ceil: true));

    private static ImmutableArray<Layer> NormalisedCaffeCifar(int classes) =>
        NormalisedCifar(classes).SetItem(3, new AveragePool(3, 2, Ceil: true));

    private static ImmutableArray<Layer> AuthorsSvhn(int classes) =>
    [
        new Mlpconv([128, 96, 64], 5, Padding: 2), new MaxPool(3, 2, Ceil: true), new Dropout(),
        new Mlpconv([320, 256, 128], 5, Padding: 2), new MaxPool(3, 2, Ceil: true), new Dropout(),
        new Mlpconv([384, 256, classes], 5, Padding: 2), new GlobalAveragePool(),
    ];

    private static ImmutableArray<Layer> AuthorsMnist(int classes) =>
    [
        new Mlpconv([96, 64, 48], 5, Padding: 2), new MaxPool(3, 2, Ceil: true), new Dropout(),
        new Mlpconv([128, 96, 48], 5, Padding: 2), new MaxPool(3, 2, Ceil: true), new Dropout(),
        new Mlpconv([128, 96, classes], 5, Padding: 2), new GlobalAveragePool(),
    ];

    private static ImmutableArray<Layer> AuthorsImageNet(int classes) =>
    [
        new Mlpconv([96, 96, 96], 11, Stride: 4), new MaxPool(3, 2, Ceil: true),
        new Mlpconv([256, 256, 256], 5, Padding: 2), new MaxPool(3, 2, Ceil: true),
        new Mlpconv([384, 384, 384], 3, Padding: 1), new MaxPool(3, 2, Ceil: true), new Dropout(),
        new Mlpconv([1024, 1024, classes], 3, Padding: 1), new GlobalAveragePool(),
    ];

    private static ImmutableArray<Layer> Textbook(int classes) =>
    [
        new Mlpconv([96, 96, 96], 11, Stride: 4), new MaxPool(3, 2),
        new Mlpconv([256, 256, 256], 5, Padding: 2), new MaxPool(3, 2),
        new Mlpconv([384, 384, 384], 3, Padding: 1), new MaxPool(3, 2), new Dropout(),
        new Mlpconv([classes, classes, classes], 3, Padding: 1), new GlobalAveragePool(),
    ];

    private static ImmutableArray<Layer> Course(int classes) =>
    [
        new Mlpconv([96, 96, 96], 5, Padding: 2), new MaxPool(2, 2),
        new Mlpconv([256, 256, 256], 5, Padding: 2), new MaxPool(2, 2),
        new Mlpconv([384, 384, classes], 3, Padding: 1), new GlobalAveragePool(),
    ];

    private static ImmutableArray<Layer> Fast(int classes) =>
    [
        new Mlpconv([32, 32], 3, Padding: 1, BatchNorm: true), new MaxPool(3, 2, Ceil: true),
        new Mlpconv([64, 64, 64], 3, Padding: 1, BatchNorm: true), new MaxPool(3, 2, Ceil: true),
        new Mlpconv([128, 128, classes], 3, Padding: 1, BatchNorm: true, FinalRelu: false), new GlobalAveragePool(),
    ];

    private static ImmutableArray<Layer> Photo(int classes) =>
    [
        new Mlpconv([48, 32], 5, Stride: 2, Padding: 2, BatchNorm: true), new MaxPool(3, 2, Ceil: true),
        new Mlpconv([64, 64], 3, Padding: 1, BatchNorm: true), new MaxPool(3, 2, Ceil: true),
        new Mlpconv([128, 128], 3, Padding: 1, BatchNorm: true), new MaxPool(3, 2, Ceil: true),
        new Mlpconv([192, 192, classes], 3, Padding: 1, BatchNorm: true, FinalRelu: false), new GlobalAveragePool(),
    ];
}

/// <summary>A named network as it was published, and how to build it for other data.</summary>
/// <param name="Name">What people type.</param>
/// <param name="Source">Where it comes from, in a sentence.</param>
/// <param name="Input">[C, H, W] as published.</param>
/// <param name="Classes">Classes as published.</param>
/// <param name="Layers">The layers for a number of classes.</param>
public sealed record CatalogueEntry(string Name, string Source, Shape Input, int Classes, Func<int, ImmutableArray<Layer>> Layers)
{
    /// <summary>The network as published, or for another input shape or number of classes.</summary>
    public Architecture Build(Shape? input = null, int? classes = null) =>
        new() { Name = Name, Source = Source, Input = input ?? Input, Layers = Layers(classes ?? Classes) };
}
