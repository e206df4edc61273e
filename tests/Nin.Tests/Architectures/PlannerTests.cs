using Nin.Architectures;
using Nin.Golden;

namespace Nin.Tests.Architectures;

public sealed class PlannerTests
{
    [Fact]
    public void Textbook_net_has_the_shapes_of_the_chapter()
    {
        var layers = Summary.Of(Catalogue.Find("nin-d2l").Build().Plan()).Layers;

        Assert.Equal(
            ["96x54x54", "96x26x26", "256x26x26", "256x12x12", "384x12x12", "384x5x5", "384x5x5", "10x5x5", "10"],
            layers.Select(layer => layer.Output.ToString()));
    }

    [Fact]
    public void ImageNet_net_ends_with_maps_of_6x6() =>
        Assert.Equal(new Shape(1000, 6, 6), Catalogue.Find("nin-imagenet").Build().Plan().ClassMaps!.Output);

    [Fact]
    public void Pooling_counts_windows_as_PyTorch_does()
    {
        foreach (var row in GoldenWindows.Load().Rows)
        {
            var (size, kernel, stride, padding, ceil, windows) = (row[0], row[1], row[2], row[3], row[4] == 1, row[5]);
            Layer[] poolings = [new MaxPool(kernel, stride, padding, ceil), new AveragePool(kernel, stride, padding, ceil)];
            foreach (var pooling in poolings)
            {
                var network = Network(new(1, size, size), pooling, new GlobalAveragePool());
                if (windows == 0) Assert.Throws<ModelException>(network.Plan);
                else Assert.Equal(new Shape(1, windows, windows), network.Plan().Steps[0].Output);
            }
        }
    }

    [Theory]
    [InlineData(false, 15)]
    [InlineData(true, 16)]
    public void Max_pool_in_ceil_mode_rounds_up(bool ceil, int side) =>
        Assert.Equal(new Shape(3, side, side), Network(new(3, 32, 32), new MaxPool(3, 2, Ceil: ceil), new GlobalAveragePool()).Plan().Steps[0].Output);

    [Fact]
    public void Last_window_in_ceil_mode_never_begins_in_the_far_padding() =>
        Assert.Equal(new Shape(1, 2, 2), Network(new(1, 3, 3), new MaxPool(2, 2, Padding: 1, Ceil: true), new GlobalAveragePool()).Plan().Steps[0].Output);

    [Fact]
    public void Height_and_width_are_planned_apart() =>
        Assert.Equal(
            ["4x10x5", "4x5x2", "4"],
            Network(new(3, 20, 10), new Convolution(4, 3, Stride: 2, Padding: 1, Relu: false), new MaxPool(2, 2), new GlobalAveragePool())
                .Plan().Steps.Select(step => step.Output.ToString()));

    [Fact]
    public void Keys_are_those_of_nested_Sequential()
    {
        var plan = Network(
            new(3, 16, 16),
            new Mlpconv([8, 8], 3, BatchNorm: true), new MaxPool(2, 2), new Convolution(4, 1, Relu: false), new Convolution(4, 1),
            new Mlpconv([6, 3], 3, FinalRelu: false), new Flatten(), new FullyConnected(9, Relu: true), new FullyConnected(2)).Plan();

        Assert.Equal(
            ["0.0", "0.1", "0.2", "0.3", "0.4", "0.5", "1", "2", "3.0", "3.1", "4.0", "4.1", "4.2", "5", "6.0", "6.1", "7"],
            plan.Steps.Select(step => step.Key));
    }

    [Fact]
    public void Linear_end_has_neither_batch_norm_nor_relu() =>
        Assert.IsType<ConvolutionOperation>(
            Network(new(1, 4, 4), new Mlpconv([8, 3], 3, BatchNorm: true, FinalRelu: false), new GlobalAveragePool()).Plan().ClassMaps!.Operation);

    [Fact]
    public void Class_maps_survive_what_keeps_their_means()
    {
        var maps = new Mlpconv([3], 3);
        Assert.Equal("0.1", Network(new(1, 4, 4), maps, new GlobalAveragePool(), new Flatten()).Plan().ClassMaps!.Key);
        Assert.Null(Network(new(1, 4, 4), maps, new GlobalAveragePool(), new FullyConnected(3)).Plan().ClassMaps);
        Assert.Null(Network(new(1, 4, 4), maps, new Flatten(), new FullyConnected(3), new GlobalAveragePool()).Plan().ClassMaps);
    }

    internal static Architecture Network(Shape input, params Layer[] layers) => new() { Name = "test", Input = input, Layers = [.. layers] };
}
