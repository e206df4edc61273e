using System.Collections.Immutable;

namespace Nin.Data.Fetching;

/// <summary>Where the data sets are published.</summary>
internal static class Mirrors
{
    public static ImmutableArray<string> Mnist { get; } = ["https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"];

    public static ImmutableArray<string> FashionMnist { get; } = ["http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"];

    public static ImmutableArray<string> Cifar { get; } = ["https://www.cs.toronto.edu/~kriz/"];

    public static ImmutableArray<string> Svhn { get; } = ["http://ufldl.stanford.edu/housenumbers/"];
}
