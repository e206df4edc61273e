using Nin.Architectures;
using Nin.Onnx;
using Nin.Weights;

namespace Nin.Tests.Onnx;

public sealed class OnnxModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_graph_begins_with_normalisation_and_ends_with_probabilities()
    {
        var graph = Tiny().Proto.Graph;
        Assert.Equal(["Sub", "Div", "Conv", "Relu", "MaxPool", "Conv", "GlobalAveragePool", "Flatten", "Softmax"], graph.Node.Select(node => node.OpType));
        Assert.Equal(["images"], graph.Input.Select(input => input.Name));
        Assert.Equal(["logits", "probabilities", "class_maps"], graph.Output.Select(output => output.Name));
        Assert.Equal("batch", graph.Input[0].Type.TensorType.Shape.Dim[0].DimParam);
    }

    [Fact]
    public void Smaller_data_is_resized_in_the_graph()
    {
        var graph = Tiny(model => model with { DataSize = new(1, 5, 6) }).Proto.Graph;
        Assert.Equal(["Sub", "Div", "Resize"], graph.Node.Take(3).Select(node => node.OpType));
        Assert.Equal([1, 5, 6], graph.Input[0].Type.TensorType.Shape.Dim.Skip(1).Select(side => side.DimValue));
    }

    [Fact]
    public void Larger_data_is_resized_with_antialiasing_which_needs_newer_operators()
    {
        Assert.Equal(17, Tiny().Proto.OpsetImport[0].Version);
        Assert.Equal(18, Tiny(model => model with { DataSize = new(1, 20, 20) }).Proto.OpsetImport[0].Version);
    }

    [Fact]
    public void Metadata_says_what_is_needed_to_use_the_file()
    {
        var metadata = new OnnxMetadata(Tiny().Proto.MetadataProps.ToDictionary(pair => pair.Key, pair => pair.Value), "tiny");
        Assert.Equal(["cat", "dog"], metadata.LabelNames);
        Assert.Equal(ArchitectureJson.Format(TinyModel().Architecture), ArchitectureJson.Format(metadata.Architecture));
        Assert.Equal(0.75, metadata.TestAccuracy);
        Assert.Equal("[0.5]", metadata.Pairs["mean"]);
        Assert.Equal(("classify", "pets", "fp32"), (metadata.Pairs["task"], metadata.Dataset, metadata.Precision));
        Assert.Contains("\"epochs\":7", metadata.Pairs["training_options"]);
        Assert.DoesNotContain("secret", metadata.Pairs["training_options"]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("[null]")]
    [InlineData("[\"\\ud800\"]")]
    [InlineData("[")]
    public void Names_that_are_no_list_of_names_are_refused(string names) =>
        Assert.Throws<ModelException>(() => new OnnxMetadata(new Dictionary<string, string> { ["names"] = names }, "tiny").LabelNames);

    [Fact]
    public void A_file_is_read_as_it_was_written()
    {
        Tiny().Write(_folder["model.onnx"]);
        Assert.Equal(Tiny().ToBytes(), OnnxModel.Read(_folder["model.onnx"]).ToBytes());
    }

    [Fact]
    public void Weights_that_do_not_fit_are_all_named()
    {
        var weights = new Dictionary<string, TensorData>(Weights(TinyModel().Architecture)) { ["9.weight"] = TensorData.OfFloats([1], 1), ["2.bias"] = TensorData.OfFloats([1], 1) };
        weights.Remove("0.0.bias");
        var error = Assert.Throws<ModelException>(() => OnnxModel.Of(new("tiny", TinyModel(), weights)));
        Assert.Equal("missing: 0.0.bias; unexpected: 9.weight; misshapen: 2.bias is [1], not [2]", error.Why);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no protobuf at all")]
    public void A_file_that_is_no_model_is_refused(string content)
    {
        File.WriteAllText(_folder["broken.onnx"], content);
        Assert.Throws<ModelException>(() => OnnxModel.Read(_folder["broken.onnx"]));
    }

    [Fact]
    public void Filters_are_shown_only_where_there_are_some()
    {
        Assert.Equal(new(1, 3, 3), Tiny().FirstFilters().Window);

        var elsewhere = Tiny();
        // Other programs may keep the values in another field.
        elsewhere.Proto.Graph.Initializer.First(constant => constant.Dims.Count == 4).ClearRawData();
        Assert.Throws<ModelException>(() => elsewhere.FirstFilters());

        var flat = Tiny();
        flat.Proto.Graph.Initializer.First(constant => constant.Dims.Count == 4).Dims.RemoveAt(3);
        Assert.Throws<ModelException>(() => flat.FirstFilters());

        var none = Tiny();
        foreach (var node in none.Proto.Graph.Node) node.OpType = "Identity";
        Assert.Throws<ModelException>(() => none.FirstFilters());
    }

    [Fact]
    public void Batch_normalisation_is_folded_into_the_convolution_before_it()
    {
        var weights = new Dictionary<string, TensorData>
        {
            ["0.weight"] = TensorData.OfFloats([2, 3], 2, 1, 1, 1),
            ["0.bias"] = TensorData.OfFloats([1, 0], 2),
            ["1.weight"] = TensorData.OfFloats([4, 1], 2),
            ["1.bias"] = TensorData.OfFloats([0.5f, 7], 2),
            ["1.running_mean"] = TensorData.OfFloats([2, 0], 2),
            ["1.running_var"] = TensorData.OfFloats([16, 1], 2),
        };
        var folded = FoldedConvolution.Of(weights, "0", "1");
        Assert.Equal(2.0, folded.Weights[0], 1e-5); // 2 * 4 / sqrt(16)
        Assert.Equal(-0.5, folded.Bias[0], 1e-5); // (1 - 2) * 4 / sqrt(16) + 0.5
        Assert.Equal(3.0, folded.Weights[1], 1e-4);
    }

    [Fact]
    public void Whole_numbers_are_at_most_half_a_step_from_the_weights()
    {
        float[] weights = [0.3f, -1, 0.7f, 0, 0, 0];
        var (steps, scales) = QuantisedWeights.Of(weights, 2);
        for (var i = 0; i < weights.Length; i++) Assert.InRange(Math.Abs(steps[i] * scales[i / 3] - weights[i]), 0, scales[i / 3] / 2);
        Assert.Equal(-127, steps[1]);
    }

    [Theory]
    [InlineData(-1, 3)]
    [InlineData(0, 3)]
    [InlineData(2, 3)]
    [InlineData(-3, -2)]
    [InlineData(0, 0)]
    public void Zero_lies_on_a_step(float lowest, float highest)
    {
        var range = new ValueRange(lowest, highest);
        Assert.True(range.Scale > 0);
        Assert.InRange((0 - range.ZeroPoint) * range.Scale, Math.Min(lowest, 0) - range.Scale / 2, Math.Min(lowest, 0) + range.Scale / 2);
    }

    [Fact]
    public void Eight_bits_begin_at_the_first_product_of_many_terms()
    {
        var model = Tiny(model => model with { Architecture = model.Architecture with { Layers = [new Mlpconv([8, 8], 3), new MaxPool(2, 2), new Mlpconv([8, 2], 3, FinalRelu: false), new GlobalAveragePool()] } });
        var graph = model.ToInt8(model.Activations.ToDictionary(name => name, _ => new ValueRange(0, 1))).Proto.Graph;
        Assert.Equal(["Conv", "Relu", "Conv", "Relu", "MaxPool", "Transpose", "Reshape", "Max", "QuantizeLinear", "Reshape", "Transpose", "DequantizeLinear"], graph.Node.Skip(2).Take(12).Select(node => node.OpType));
        Assert.Equal(3, graph.Node.Count(node => node.OpType == "QuantizeLinear"));
    }

    private static OnnxModel Tiny(Func<ModelDescription, ModelDescription>? change = null) => Model((change ?? (model => model))(TinyModel()));

    private static OnnxModel Model(ModelDescription description) =>
        OnnxModel.Of(new("tiny", description, Weights(description.Architecture)), 0.75, new() { Epochs = 7, Data = "/secret/pets", DataRoot = "/secret", Network = "/secret/net.json" });

    private static ModelDescription TinyModel() => new()
    {
        Architecture = new()
        {
            Name = "tiny",
            Input = new(1, 10, 12),
            Layers = [new Mlpconv([3], 3, Padding: 1), new MaxPool(2, 2), new Convolution(2, 1, Relu: false), new GlobalAveragePool()],
        },
        NumClasses = 2,
        LabelNames = ["cat", "dog"],
        InputSize = new(1, 10, 12),
        Mean = [0.5],
        Std = [0.25],
        Dataset = "pets",
    };

    private static Dictionary<string, TensorData> Weights(Architecture architecture) =>
        StateDict.Of(architecture.Plan()).ToDictionary(entry => entry.Name, entry => TensorData.OfFloats(new float[entry.Shape.Aggregate(1L, (product, side) => product * side)], [.. entry.Shape]));
}
