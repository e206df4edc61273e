using System.Text.Json;
using Nin.Data;
using Nin.Json;

namespace Nin.Tests.Data;

public sealed class DataReportTests
{
    private static readonly DataSet Small = new(
        "small",
        new("small train", new(1, 1, 2), [1, 2, 3, 4, 1, 2, 5, 6], [0, 0, 0, 1], ["a", "b"]),
        new("small test", new(1, 1, 2), [3, 4, 7, 8], [0, 0], ["a", "b"]));

    [Fact]
    public void It_counts_classes_imbalance_and_duplicates()
    {
        var report = DataReport.Of(Small);
        Assert.Equal(new Duplicates(WithinTrain: 1, TestInTrain: 1), report.Duplicates);
        Assert.Equal([3, 1], report.Parts[0].ImagesPerClass);
        Assert.Equal(3, report.Parts[0].ImbalanceRatio);
        Assert.Null(report.Parts[1].ImbalanceRatio);
    }

    [Fact]
    public void It_is_a_json_document()
    {
        var json = JsonSerializer.Serialize(DataReport.Of(Small), NinJson.Line);
        Assert.StartsWith("{\"schema_version\":1,\"name\":\"small\",\"image_size\":{\"channels\":1,", json, StringComparison.Ordinal);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<DataReport>(json, NinJson.Line), NinJson.Line));
    }

    [Fact]
    public void Fashion_mnist_is_balanced_and_has_the_published_mean_and_deviation()
    {
        var report = DataReport.Of(DataCatalogue.Load("fashion-mnist", null));
        Assert.Equal([1, 1], report.Parts.Select(part => part.ImbalanceRatio!.Value));
        Assert.Equal(0.2860, report.Mean[0], 1e-4);
        Assert.Equal(0.3530, report.Std[0], 1e-4);
    }
}
