using Nin.Golden;
using Nin.Imaging;
using Nin.Onnx;
using Nin.Weights;

namespace Nin.Inference.Tests;

/// <summary>Models of golden networks, whose weights and images both PyTorch and these tests can make.</summary>
internal static class Models
{
    private static readonly GoldenLogits Golden = GoldenLogits.Load();

    public static IReadOnlyList<string> Names { get; } = [.. Golden.Nets.Select(net => net.Architecture.Name)];

    public static GoldenNet Net(string name) => Golden.Nets.Single(net => net.Architecture.Name == name);

    public static ModelDescription Describe(GoldenNet golden) => new()
    {
        Architecture = golden.Architecture,
        NumClasses = golden.Architecture.Classes,
        LabelNames = [.. Enumerable.Range(0, golden.Architecture.Classes).Select(label => $"class {label}")],
        InputSize = golden.Architecture.Input,
        Mean = [.. Enumerable.Repeat(0.0, golden.Architecture.Input.Channels)],
        Std = [.. Enumerable.Repeat(1.0, golden.Architecture.Input.Channels)],
        Dataset = "golden",
    };

    public static IReadOnlyDictionary<string, TensorData> Weights(GoldenNet golden) =>
        golden.Tensors.ToDictionary(tensor => tensor.Name, tensor => TensorData.OfFloats(tensor.Fill(), [.. tensor.Shape.Select(side => (long)side)]));

    public static OnnxModel Onnx(string name) => OnnxModel.Of(new(name, Describe(Net(name)), Weights(Net(name))), testAccuracy: 0.5);

    /// <summary>Eight images that it takes.</summary>
    public static IReadOnlyList<PixelImage> Images(string name)
    {
        var input = Net(name).Architecture.Input;
        return [.. GoldenValues.FillImages(input, 8).Select(value => (byte)(value * 255)).Chunk((int)input.Elements).Select(pixels => new PixelImage(input, pixels))];
    }
}
