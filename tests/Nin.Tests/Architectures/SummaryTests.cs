using System.Text.Json;
using Nin.Architectures;
using Nin.Json;

namespace Nin.Tests.Architectures;

public sealed class SummaryTests
{
    [Fact]
    public void ImageNet_net_takes_29_MiB_where_AlexNet_takes_233()
    {
        var summary = Summary.Of(Catalogue.Find("nin-imagenet").Build().Plan());

        Assert.Equal(29.0, summary.SizeMb, 0.05);
        Assert.Equal(["alexnet", "vgg11"], summary.Yardsticks.Select(yardstick => yardstick.Name));
        Assert.Equal([61_100_840, 132_863_336], summary.Yardsticks.Select(yardstick => yardstick.Parameters));
        Assert.Equal(233.1, summary.Yardsticks[0].SizeMb, 0.05);
    }

    [Fact]
    public void Yardsticks_are_not_in_the_catalogue() =>
        Assert.Empty(Yardsticks.All.Select(architecture => architecture.Name).Intersect(Catalogue.Names));

    [Fact]
    public void Rows_add_up_to_the_totals()
    {
        foreach (var entry in Catalogue.Entries)
        {
            var summary = Summary.Of(entry.Build().Plan());
            var operations = summary.Layers.SelectMany(layer => layer.Operations).ToList();
            Assert.Equal(summary.Parameters, summary.Layers.Sum(layer => layer.Parameters));
            Assert.Equal(summary.Parameters, operations.Sum(operation => operation.Parameters));
            Assert.Equal(summary.Macs, operations.Sum(operation => operation.Macs));
            Assert.Equal(summary.TrainingBytes, summary.Layers.Sum(layer => layer.TrainingBytes) + summary.Input.Elements * 4);
            Assert.Equal(summary.InferenceBytes, summary.Layers.Max(layer => layer.InferenceBytes));
        }
    }

    [Fact]
    public void Row_expands_to_its_operations()
    {
        var block = Summary.Of(Catalogue.Find("nin-cifar10").Build().Plan()).Layers[0];

        Assert.Equal((1, "0", "mlpconv 5x5: 192, 160, 96"), (block.Layer, block.Key, block.Description));
        Assert.Equal(["0.0", "0.1", "0.2", "0.3", "0.4", "0.5"], block.Operations.Select(operation => operation.Key));
        Assert.Equal("convolution 5x5, 3 -> 192, padding 2", block.Operations[0].Description);
        Assert.Equal(5, block.ReceptiveField);
    }

    [Fact]
    public void Memory_counts_what_the_backward_pass_needs()
    {
        // A 2x4x4 image: 3 maps from the convolution, normalised; the ReLU works in place; the pool keeps places of 8 bytes as well.
        var plan = PlannerTests.Network(new(2, 4, 4), new Mlpconv([3], 3, Padding: 1, BatchNorm: true), new MaxPool(2, 2), new Dropout(), new GlobalAveragePool()).Plan();

        const int image = 2 * 16 * 4, maps = 3 * 16 * 4, pooled = 3 * 4 * 4, logits = 3 * 4;
        Assert.Equal([maps, maps, 0, 3 * pooled, pooled, logits], plan.Steps.Select(step => step.TrainingBytes));
        Assert.Equal([image + maps, maps, maps, maps + pooled, pooled, pooled + logits], plan.Steps.Select(step => step.InferenceBytes));
        Assert.Equal(image + 2 * maps + 4 * pooled + logits, plan.TrainingBytes);
        Assert.Equal(image + maps, plan.InferenceBytes);
    }

    [Fact]
    public void Every_operation_has_words()
    {
        foreach (var summary in Golden.GoldenLogits.Load().Nets.Select(net => Summary.Of(net.Architecture.Plan())))
            Assert.DoesNotContain(summary.Layers.SelectMany(layer => layer.Operations), operation => operation.Description.Contains("Operation"));
    }

    [Fact]
    public void Summary_survives_JSON()
    {
        var json = JsonSerializer.Serialize(Summary.Of(Catalogue.Find("nin-d2l").Build().Plan()), NinJson.Line);

        Assert.Contains("\"receptive_field\":195", json);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<Summary>(json, NinJson.Line), NinJson.Line));
    }
}
