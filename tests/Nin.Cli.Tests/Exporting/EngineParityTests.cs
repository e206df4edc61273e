using Nin.Architectures;
using Nin.Cli.Exporting;
using Nin.Data;
using Nin.Files;
using Nin.Inference;
using Nin.Onnx;
using Nin.Recipes;
using Nin.Weights;

namespace Nin.Cli.Tests.Exporting;

/// <summary>TorchSharp on the weights and ONNX Runtime on the exported file give the same logits, whatever the network and whatever is done to its images.</summary>
[Collection("libtorch")]
public sealed class EngineParityTests
{
    private static readonly Architecture Small = new()
    {
        Name = "small",
        Input = new(3, 12, 14),
        Layers = [new Mlpconv([8, 8], 3, Padding: 1, BatchNorm: true), new MaxPool(3, 2, Ceil: true), new Mlpconv([8, 5], 3, Padding: 1, BatchNorm: true, FinalRelu: false), new GlobalAveragePool()],
    };

    private static readonly string Shipped = Path.Combine(NinHome.Find()!, "models", "fashion-mnist.safetensors");

    public static TheoryData<string> Networks => [.. Catalogue.Names];

    /// <summary>Of random weights: two images show what a layer computes otherwise, and the largest networks take seconds an image.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_network_of_the_catalogue_computes_the_same(string name) => AssertParity(Describe(Catalogue.Find(name).Build()), images: 2);

    /// <summary>Layers in an order that no network of the catalogue has.</summary>
    public static TheoryData<string, Layer[]> Orders => new()
    {
        { "maxout of a vector", [new Flatten(), new FullyConnected(12), new Maxout(2), new Dropout(), new FullyConnected(5)] },
        { "maps behind a vector", [new AveragePool(3, 2), new Flatten(), new FullyConnected(12, Relu: true), new LocalResponseNormalisation(), new Convolution(8, 1), new BatchNormalisation(), new MaxPool(1, 1), new FullyConnected(5)] },
        { "the mean of a vector", [new Convolution(4, 3), new Flatten(), new BatchNormalisation(), new GlobalAveragePool()] },
        { "a vector at the end", [new GlobalAveragePool(), new FullyConnected(6), new Maxout(2)] },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void Layers_compute_the_same_in_any_order(string name, Layer[] layers) => AssertParity(Describe(new() { Name = name, Input = new(3, 5, 5), Layers = [.. layers] }), images: 8);

    [Fact]
    public void The_model_that_ships_computes_what_its_weights_do_on_test_images()
    {
        var test = FashionMnist().Test!;
        using var exported = Classifier.Load(Path.ChangeExtension(Shipped, ".onnx"));
        var parity = EngineParity.Measure(StoredModel.Read(Shipped), exported, test.Select(test.Spread(1000)));
        Assert.InRange(parity.LargestLogitDifference, 0, 1e-4);
        Assert.Equal(0, parity.ClassesThatDiffer);
    }

    [Fact]
    public void Eight_bits_cost_the_model_that_ships_a_fifth_of_a_point_at_most()
    {
        Assert.SkipUnless(File.Exists("/proc/cpuinfo") && File.ReadAllText("/proc/cpuinfo").Contains("vnni", StringComparison.Ordinal), "processors without VNNI may saturate and lose more");
        using var folder = new TemporaryFolder();
        var result = ModelExport.Write(StoredModel.Read(Shipped), ExportPrecision.Int8, FashionMnist(), folder["int8.onnx"]);
        Assert.Equal(10_000, result.After!.Images);
        Assert.InRange(result.Before!.Accuracy - result.After.Accuracy, -1, 0.002);
    }

    [Fact]
    public void Eight_bits_that_cost_more_than_a_point_are_not_written()
    {
        var data = FashionMnist();
        // Steps laid over what images of one grey lead to do not hold other images.
        var pixels = new byte[64 * data.Train.Shape.Elements];
        pixels.AsSpan().Fill(73);
        var grey = new ImageSet("grey", data.Train.Shape, pixels, new int[64], data.Train.LabelNames);
        using var folder = new TemporaryFolder();
        var file = folder["int8.onnx"];
        var error = Assert.Throws<GateException>(() => ModelExport.Write(
            StoredModel.Read(Shipped), ExportPrecision.Int8, new("fashion-mnist", grey, data.Test!.Select(data.Test.Spread(500))), file));
        Assert.Contains("top-1 falls", error.Why, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    [Theory]
    [InlineData(PreprocessingKind.Gcn)]
    [InlineData(PreprocessingKind.GcnZca)]
    [InlineData(PreprocessingKind.Lcn)]
    public void Preprocessing_is_part_of_the_graph(PreprocessingKind kind) =>
        AssertParity(Describe(Small) with { Preprocessing = new() { Kind = kind, Scale = 5, Window = 5 } }, images: 16);

    [Theory]
    [InlineData(5, 9)]
    [InlineData(12, 13)]
    [InlineData(30, 25)]
    [InlineData(8, 40)]
    [InlineData(24, 28)]
    public void The_resize_of_the_data_is_part_of_the_graph(int height, int width) =>
        AssertParity(Describe(Small) with { DataSize = new(3, height, width) }, images: 16);

    [Fact]
    public void Engines_that_differ_are_found()
    {
        var parity = new EngineParity(10, 0.5, 0.2, 3);
        Assert.Contains("3 get another class", Assert.Throws<GateException>(() => parity.Check("model.onnx")).Why);
        new EngineParity(10, 0.001, 0.00009, 0).Check("model.onnx");
    }

    private static DataSet FashionMnist() => DataCatalogue.Load("fashion-mnist", Path.Combine(NinHome.Find()!, "data"));

    private static void AssertParity(ModelDescription model, int images)
    {
        var random = new Random(5);
        var stored = new StoredModel("random", model, Weights(model.Architecture, random), model.Preprocessing.Kind == PreprocessingKind.GcnZca ? Whitening(model.InputSize, random) : null);
        using var exported = Classifier.Load(OnnxModel.Of(stored));
        var parity = EngineParity.Measure(stored, exported, Images(model, images, random));
        Assert.InRange(parity.LargestLogitDifference, 0, 1e-4);
        Assert.Equal(0, parity.ClassesThatDiffer);
    }

    private static ModelDescription Describe(Architecture architecture) => new()
    {
        Architecture = architecture,
        NumClasses = architecture.Classes,
        LabelNames = [.. Enumerable.Range(0, architecture.Classes).Select(label => $"{label}")],
        InputSize = architecture.Input,
        Mean = [.. Enumerable.Range(0, architecture.Input.Channels).Select(channel => 0.4 + 0.1 * channel)],
        Std = [.. Enumerable.Range(0, architecture.Input.Channels).Select(channel => 0.2 + 0.1 * channel)],
    };

    private static Dictionary<string, TensorData> Weights(Architecture architecture, Random random) => StateDict.Of(architecture.Plan()).ToDictionary(entry => entry.Name, entry =>
    {
        var fan = entry.Shape.Skip(1).Aggregate(1L, (product, side) => product * side);
        var values = new float[entry.Shape[0] * fan];
        var isPositive = entry.Name.EndsWith("running_var", StringComparison.Ordinal);
        for (var i = 0; i < values.Length; i++) values[i] = isPositive ? 0.5f + random.NextSingle() : (random.NextSingle() * 2 - 1) * (float)Math.Sqrt(6.0 / fan) / (entry.Shape.Length == 1 ? 10 : 1);
        return TensorData.OfFloats(values, [.. entry.Shape]);
    });

    private static Whitening Whitening(Shape input, Random random)
    {
        var values = (int)input.Elements;
        float[] Draw(int count, float scale) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2 - 1) * scale)];
        return new(Draw(values, 0.1f), Draw(values * values, 0.1f), values);
    }

    private static ImageSet Images(ModelDescription model, int count, Random random)
    {
        var shape = model.DataSize ?? model.InputSize;
        var pixels = new byte[count * shape.Elements];
        random.NextBytes(pixels);
        // One of them has a single colour.
        pixels.AsSpan(0, (int)shape.Elements).Fill(100);
        return new("random", shape, pixels, new int[count], model.LabelNames);
    }
}
