using System.Collections.Immutable;

namespace Nin.Architectures;

/// <summary>
/// Well-known networks with fully connected heads, to measure a NiN's size against. They are described, not trained: the catalogue does
/// not list them. Both as torchvision has them, for 3x224x224 images and 1,000 classes.
/// </summary>
public static class Yardsticks
{
    /// <summary>AlexNet, in the single-column form of Krizhevsky, 2014: 61,100,840 parameters, 96 % of them in its three fully connected layers.</summary>
    public static Architecture AlexNet { get; } = new()
    {
        Name = "alexnet",
        Source = "Krizhevsky: One weird trick for parallelizing convolutional neural networks, 2014",
        Input = new(3, 224, 224),
        Layers =
        [
            new Convolution(64, 11, Stride: 4, Padding: 2), new MaxPool(3, 2),
            new Convolution(192, 5, Padding: 2), new MaxPool(3, 2),
            new Convolution(384, 3, Padding: 1), new Convolution(256, 3, Padding: 1), new Convolution(256, 3, Padding: 1), new MaxPool(3, 2),
            new Flatten(), new Dropout(), new FullyConnected(4096, Relu: true), new Dropout(), new FullyConnected(4096, Relu: true), new FullyConnected(1000),
        ],
    };

    /// <summary>VGG-11, configuration A of Simonyan and Zisserman, 2014: 132,863,336 parameters.</summary>
    public static Architecture Vgg11 { get; } = new()
    {
        Name = "vgg11",
        Source = "Simonyan, Zisserman: Very deep convolutional networks for large-scale image recognition, 2014",
        Input = new(3, 224, 224),
        Layers =
        [
            Vgg(64), new MaxPool(2, 2),
            Vgg(128), new MaxPool(2, 2),
            Vgg(256), Vgg(256), new MaxPool(2, 2),
            Vgg(512), Vgg(512), new MaxPool(2, 2),
            Vgg(512), Vgg(512), new MaxPool(2, 2),
            new Flatten(), new FullyConnected(4096, Relu: true), new Dropout(), new FullyConnected(4096, Relu: true), new Dropout(), new FullyConnected(1000),
        ],
    };

    /// <summary>All of them, smallest first.</summary>
    public static ImmutableArray<Architecture> All { get; } = [AlexNet, Vgg11];

    private static Convolution Vgg(int width) => new(width, 3, Padding: 1);
}
