using CsCheck;
using Nin.Architectures;

namespace Nin.Tests.Architectures;

public sealed class ArchitectureJsonTests
{
    private static readonly Gen<Layer> Layers = Gen.OneOf<Layer>(
        Gen.Select(Gen.Int[1, 300].Array[1, 4], Gen.Int[1, 11], Gen.Int[1, 4], Gen.Bool, Gen.Bool).Select(Layer (w, k, s, b, r) => new Mlpconv([.. w], k, s, k / 2, b, r)),
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 11], Gen.Bool).Select(Layer (w, k, r) => new Convolution(w, k, Relu: r)),
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5], Gen.Bool).Select(Layer (k, s, c) => new MaxPool(k, s, 0, c)),
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5], Gen.Bool).Select(Layer (k, s, c) => new AveragePool(k, s, 0, c)),
        Gen.Double[0, 0.99].Select(Layer (rate) => new Dropout(rate)),
        Gen.Double[0, 1].Select(Layer (alpha) => new LocalResponseNormalisation(5, alpha)),
        Gen.Int[2, 5].Select(Layer (pieces) => new Maxout(pieces)),
        Gen.OneOf<Layer>(new BatchNormalisation(), new Relu(), new Flatten(), new GlobalAveragePool(), new FullyConnected(10)));

    public static TheoryData<string> Names { get; } = [.. Catalogue.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_network_of_the_catalogue_comes_back(string name)
    {
        using var folder = new TemporaryFolder();
        var network = Catalogue.Find(name).Build();
        ArchitectureJson.Write(folder["net.json"], network);
        var read = ArchitectureJson.Read(folder["net.json"]);
        Assert.Equal(ArchitectureJson.Format(network), ArchitectureJson.Format(read));
        Assert.Equal(network.Plan().Parameters, read.Plan().Parameters);
    }

    [Fact]
    public void Any_list_of_layers_comes_back() => Layers.Array[0, 8].Sample(layers =>
    {
        var json = ArchitectureJson.Format(new() { Name = "x", Input = new(3, 32, 32), Layers = [.. layers] });
        return ArchitectureJson.Format(ArchitectureJson.Parse(json, "net.json")) == json;
    });

    [Fact]
    public void Settings_with_a_default_may_be_left_out()
    {
        var network = Parse("""{"type":"mlpconv","widths":[4,10],"kernel":3},{"type":"dropout"},{"kernel":2,"stride":2,"type":"max_pool"},{"type":"global_average_pool"}""");
        Assert.Equal(new Dropout(0.5), network.Layers[1]);
        Assert.True(((Mlpconv)network.Layers[0]).FinalRelu);
    }

    [Theory]
    [InlineData("""{"type":"mlpconf"}""", "'layers[0].type' is \"mlpconf\"", "did you mean 'mlpconv'?")]
    [InlineData("""{"type":"relu"},{"type":"max_pool","kernal":3,"stride":2}""", "there is no 'layers[1].kernal'", "did you mean 'layers[1].kernel'?")]
    [InlineData("""{"type":"max_pool","kernel":3}""", "'layers[0].stride' is missing", "add \"stride\"")]
    [InlineData("""{"type":"relu","rate":1}""", "there is no 'layers[0].rate'", "remove 'layers[0].rate'")]
    [InlineData("""{"kernel":3}""", "'layers[0].type' is missing", "use one of: mlpconv")]
    [InlineData("""{"type":3}""", "'layers[0].type' is 3", "give text")]
    [InlineData("""{"type":"mlpconv","widths":"4","kernel":3}""", "'layers[0].widths' is \"4\"", "give a list")]
    [InlineData("null", "'layers[0]' is null", "give an object")]
    public void What_does_not_fit_is_named_with_its_remedy(string layers, string what, string fix)
    {
        var error = Assert.Throws<ModelException>(() => Parse(layers));
        Assert.Equal($"net.json: {what}", error.Message);
        Assert.StartsWith(fix, error.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_without_an_input_is_refused() =>
        Assert.Contains("'input' is missing", Assert.Throws<ModelException>(() => ArchitectureJson.Parse("""{"name":"x","layers":[]}""", "net.json")).Message);

    [Fact]
    public void A_missing_file_is_a_model_error() => Assert.Throws<ModelException>(() => ArchitectureJson.Read("/nowhere/net.json"));

    private static Architecture Parse(string layers) =>
        ArchitectureJson.Parse($$"""{"name":"x","input":{"channels":1,"height":28,"width":28},"layers":[{{layers}}]}""", "net.json");
}
