using Nin.Cli.Predicting;
using Nin.Files;
using Nin.Inference;

namespace Nin.Cli.Tests.Predicting;

public sealed class PredictionResultsTests
{
    [Fact]
    public void Class_maps_are_not_kept()
    {
        using var classifier = Classifier.Load(ShippedModel.Path());
        var result = classifier.ClassifyFiles([Path.Combine(NinHome.Find()!, "samples", "bag.png")]).Single();
        Assert.NotNull(result.Prediction!.Maps);
        var results = new PredictionResults(classifier, ShippedModel.Path(), top: 3);
        results.Add(result);
        Assert.Equal("Bag", results.All[0].Prediction!.Label);
        Assert.Null(results.All[0].Prediction!.Maps);
    }
}
