using Nin.Architectures;
using Nin.Golden;

namespace Nin.Tests.Architectures;

public sealed class CatalogueTests
{
    public static TheoryData<string> Names => [.. Catalogue.Names];

    [Theory]
    [InlineData("nin-cifar10", 966_986)]
    [InlineData("nin-cifar10-caffe", 966_986)]
    [InlineData("nin-cifar100", 984_356)]
    [InlineData("nin-svhn", 1_986_026)]
    [InlineData("nin-mnist", 349_674)]
    [InlineData("nin-imagenet", 7_595_176)]
    [InlineData("nin-d2l", 1_992_166)]
    public void Published_nets_have_their_parameters(string name, long parameters) =>
        Assert.Equal(parameters, Catalogue.Find(name).Build().Plan().Parameters);

    // By hand, block by block: output pixels x (k * k * in * width + the 1x1 products).
    [Theory]
    [InlineData("nin-cifar10", 61_931_520 + 136_839_168 + 23_715_840)]
    [InlineData("nin-cifar100", 61_931_520 + 136_839_168 + 24_821_760)]
    [InlineData("nin-svhn", 28_704_768 + 160_432_128 + 85_098_496)]
    [InlineData("nin-mnist", 9_106_944 + 33_417_216 + 8_175_552)]
    [InlineData("nin-d2l", 87_619_968 + 503_939_072 + 169_869_312 + 869_000)]
    public void Published_nets_cost_their_multiplications(string name, long macs) =>
        Assert.Equal(macs, Catalogue.Find(name).Build().Plan().Macs);

    [Theory]
    [InlineData("nin-cifar10-bn", "nin-cifar10")]
    [InlineData("nin-cifar10-caffe-bn", "nin-cifar10-caffe")]
    public void A_normalised_CIFAR_net_is_the_authors_plus_a_scale_and_a_shift_for_each_normalised_map(string name, string published)
    {
        var (ours, authors) = (Catalogue.Find(name).Build().Plan(), Catalogue.Find(published).Build().Plan());
        Assert.Equal(authors.Parameters + 2 * (192 + 160 + 96 + 3 * 192 + 2 * 192), ours.Parameters);
        Assert.Equal(authors.Macs, ours.Macs);
    }

    [Fact]
    public void Published_nets_are_those_that_PyTorch_was_given()
    {
        string[] names = [.. Catalogue.Entries.Where(entry => !entry.Source.StartsWith("ours", StringComparison.Ordinal)).Select(entry => entry.Name)];
        var published = GoldenLogits.Load().Nets.Where(net => names.Contains(net.Architecture.Name)).ToList();

        Assert.Equal(names.Length, published.Count);
        foreach (var net in published)
        {
            var ours = Catalogue.Find(net.Architecture.Name).Build() with { Source = "" };
            Assert.Equal(ArchitectureJson.Format(net.Architecture), ArchitectureJson.Format(ours));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_net_adapts_to_channels_and_classes(string name)
    {
        var entry = Catalogue.Find(name);
        foreach (var (channels, classes) in new[] { (1, 2), (3, 10), (4, 257) })
        {
            var plan = entry.Build(entry.Input with { Channels = channels }, classes).Plan();
            Assert.Equal(new Shape(classes, 1, 1), plan.Output);
            Assert.Equal(classes, plan.ClassMaps!.Output.Channels);
            Assert.Equal(channels, Assert.IsType<ConvolutionOperation>(plan.Steps[0].Operation).In);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_net_survives_JSON(string name)
    {
        var json = ArchitectureJson.Format(Catalogue.Find(name).Build());
        Assert.Equal(json, ArchitectureJson.Format(ArchitectureJson.Parse(json, "a test")));
    }

    [Fact]
    public void Mistyped_name_gets_a_suggestion() =>
        Assert.Equal("did you mean 'nin-cifar10'?", Assert.Throws<UsageException>(() => Catalogue.Find("nin-cifar01")).Fix);
}
