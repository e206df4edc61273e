using Nin.Architectures;

namespace Nin.Tests.Architectures;

public sealed class VariationsTests
{
    private static readonly Architecture Net = Catalogue.Find("nin-cifar10").Build();

    [Fact]
    public void Dropout_goes_and_nothing_else_changes()
    {
        var without = Net.WithoutDropout();
        Assert.DoesNotContain(without.Layers, layer => layer is Dropout);
        Assert.Equal((Net.Layers.Length - 2, 966_986L), (without.Layers.Length, without.Plan().Parameters));
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    public void A_fully_connected_head_sees_all_cells_of_all_maps(bool dropout, int layers)
    {
        var network = Net.WithFullyConnectedHead(dropout);
        Assert.Equal(layers, network.Layers.Count(layer => layer is Dropout));
        Assert.Equal(966_986 + 10 * 8 * 8 * 10 + 10, network.Plan().Parameters);
        Assert.Equal(10, network.Classes);
    }

    [Fact]
    public void Batch_normalisation_leaves_the_class_maps_linear()
    {
        var network = Net.WithBatchNormalisation();
        Assert.Equal([true, true, false], network.Layers.OfType<Mlpconv>().Select(layer => layer.FinalRelu));
        Assert.Equal(8, network.Plan().Steps.Count(step => step.Operation is BatchNormOperation));
        Assert.Equal(966_986 + 2 * (192 + 160 + 96 + 192 * 3 + 192 * 2), network.Plan().Parameters);
    }
}
