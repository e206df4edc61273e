using Nin.Architectures;

namespace Nin.Tests.Architectures;

public sealed class ArchitectureErrorTests
{
    private static readonly Shape Image = new(3, 32, 32);

    [Fact]
    public void Net_too_deep_for_its_input_names_the_layer_what_it_got_and_the_remedy()
    {
        var error = Assert.Throws<ModelException>(Catalogue.Find("nin-d2l").Build(new(1, 28, 28)).Plan);

        Assert.Contains("nin-d2l", error.Message);
        Assert.Equal("layer 4 (max pool 3x3/2) needs at least 3x3 but receives [256, 2, 2]", error.Why);
        Assert.Contains("enlarge the input (--image-size)", error.Fix);
    }

    [Fact]
    public void Net_without_logits_says_how_to_end() =>
        Assert.Contains("global_average_pool", Error(Image, new Mlpconv([8], 3)).Fix);

    [Fact]
    public void Fully_connected_layer_on_maps_asks_for_flatten() =>
        Assert.Contains("flatten", Error(Image, new FullyConnected(10)).Fix);

    public static TheoryData<Layer?> SenselessLayers =>
    [
        (Layer?)null,
        new Mlpconv([], 3),
        new Mlpconv([8, 0], 3),
        new Mlpconv(default, 3),
        new Convolution(8, 0),
        new Convolution(8, 3, Stride: 0),
        new Convolution(8, 3, Padding: -1),
        new Convolution(-1, 3),
        new MaxPool(3, 0),
        new MaxPool(3, 2, Padding: 2),
        new AveragePool(0, 1),
        new Dropout(1),
        new Dropout(double.NaN),
        new LocalResponseNormalisation(4),
        new LocalResponseNormalisation(5, Beta: double.PositiveInfinity),
        new Maxout(2),
        new FullyConnected(0),
    ];

    [Theory]
    [MemberData(nameof(SenselessLayers))]
    public void Senseless_layer_is_named(Layer? layer) =>
        Assert.StartsWith("layer 2 ", Error(Image, new Relu(), layer!, new GlobalAveragePool()).Why);

    public static TheoryData<Layer> HugeLayers =>
    [
        new Mlpconv([int.MaxValue], 3),
        new Mlpconv([int.MaxValue, int.MaxValue], 1),
        new Convolution(8, int.MaxValue),
        new Convolution(8, int.MaxValue, Padding: int.MaxValue),
        new Convolution(int.MaxValue, int.MaxValue, Stride: int.MaxValue, Padding: int.MaxValue),
        new Convolution(8, 3, Padding: int.MaxValue / 2),
        new MaxPool(int.MaxValue, 1, Padding: int.MaxValue),
        new AveragePool(3, 1, Padding: 1 << 30),
    ];

    [Theory]
    [MemberData(nameof(HugeLayers))]
    public void Huge_layer_is_refused_by_name(Layer layer) =>
        Assert.StartsWith("layer 1 ", Error(Image, layer, new GlobalAveragePool()).Why);

    [Fact]
    public void Strides_beyond_counting_are_refused() =>
        Assert.Contains("beyond counting", Error(new(1, 1, 1), [.. Enumerable.Repeat(new Convolution(1, 1, Stride: 2), 40)]).Why);

    [Fact]
    public void Huge_image_is_refused() =>
        Assert.Contains("[2147483647x2147483647x2147483647]", Error(new(int.MaxValue, int.MaxValue, int.MaxValue), new GlobalAveragePool()).Message);

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public void Depth_is_limited_to_ten_thousand_operations(int depth, bool fits)
    {
        var network = PlannerTests.Network(new(2, 1, 1), [.. Enumerable.Repeat(new Relu(), depth)]);
        if (fits) Assert.Equal(depth, network.Plan().Steps.Length);
        else Assert.StartsWith("layer 10001 (ReLU) is beyond the 10,000 operations", Assert.Throws<ModelException>(network.Plan).Why);
    }

    [Theory]
    [InlineData("""{ "kernel": 2147483648, "widths": [8], "type": "mlpconv" }""", "kernel")]
    [InlineData("""{ "type": "mlpconvv", "widths": [8], "kernel": 3 }""", "mlpconvv")]
    [InlineData("""{ "type": "max_pool", "kernel": 3 }""", "stride")]
    [InlineData("""{ "type": "max_pool", "kernel": 3, "stride": 2, "padd": 1 }""", "padd")]
    [InlineData("""{ "kernel": 3 }""", "type")]
    [InlineData("""{ "type": "relu" """, "no valid JSON")]
    public void Bad_JSON_is_a_model_error(string layer, string why)
    {
        var json = $$"""{ "name": "mine", "input": { "channels": 3, "height": 32, "width": 32 }, "layers": [{{layer}}] }""";
        var error = Assert.Throws<ModelException>(() => ArchitectureJson.Parse(json, "mine.json"));

        Assert.Contains("mine.json", error.Message);
        Assert.Contains(why, error.Message + error.Why);
    }

    private static ModelException Error(Shape input, params Layer[] layers) =>
        Assert.Throws<ModelException>(PlannerTests.Network(input, layers).Plan);
}
