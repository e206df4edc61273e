using Nin.Architectures;
using Nin.Explanations;

namespace Nin.Tests.Explanations;

public sealed class MapGeometryTests
{
    private static readonly Architecture Network = new()
    {
        Name = "two pools",
        Input = new(1, 16, 16),
        Layers = [new Convolution(2, 3, Padding: 1), new MaxPool(2, 2), new Convolution(2, 3, Padding: 1), new MaxPool(2, 2), new GlobalAveragePool()],
    };

    [Fact]
    public void Cells_tile_the_picture()
    {
        var geometry = MapGeometry.Of(Network, Network.Input);
        Assert.Equal(4, geometry.Jump);
        Assert.Equal(new PixelArea(0, 0, 4, 4), geometry.Cell(0, 0));
        Assert.Equal(new PixelArea(12, 8, 4, 4), geometry.Cell(2, 3));
    }

    [Fact]
    public void A_cell_sees_its_receptive_field_as_far_as_the_picture_goes()
    {
        var geometry = MapGeometry.Of(Network, Network.Input);
        Assert.Equal(new PixelArea(-3, -3, 10, 10), geometry.Sees(0, 0));
        Assert.Equal(new PixelArea(0, 0, 7, 7), geometry.Sees(0, 0).On(Network.Input));
    }

    [Fact]
    public void A_resize_in_the_model_is_taken_back() =>
        Assert.Equal(new PixelArea(2, 4, 2, 2), MapGeometry.Of(Network, new(1, 8, 8)).Cell(2, 1));

    [Fact]
    public void A_fully_connected_head_has_no_maps()
    {
        var dense = Network with { Layers = [new Convolution(2, 3), new Flatten(), new FullyConnected(2)] };
        Assert.Throws<ModelException>(() => MapGeometry.Of(dense, dense.Input));
    }
}
