using System.Collections.Immutable;
using Nin.Reports.Confusion;

namespace Nin.Reports.Tests.Confusion;

public sealed class ConfusionMatrixPlotTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(400)]
    public void Any_number_of_classes_gives_a_picture(int classes)
    {
        ImmutableArray<string> labels = [.. Enumerable.Range(0, classes).Select(i => $"class {i}")];
        using var picture = Png.Decode(ConfusionMatrixPlot.Png(Fake.Evaluation(labels, 50)));
        Assert.InRange(picture.Width, 200, 2200);
        Assert.True(Png.Colours(picture) > 20);
        Assert.True(Png.Dark(picture, new(0, 40, 100, picture.Height)) > 50, "the class names are missing");
    }

    [Fact]
    public void Counts_stand_in_the_cells_while_they_fit()
    {
        Assert.Contains(">Ankle boot<", ConfusionMatrixPlot.Svg(Fake.Evaluation(Fake.FashionLabels)));
        var small = Fake.Evaluation(Fake.FashionLabels);
        Assert.Contains($">{small.Confusion[0][0]}<", ConfusionMatrixPlot.Svg(small));
        ImmutableArray<string> many = [.. Enumerable.Range(0, 100).Select(i => $"c{i}")];
        var large = Fake.Evaluation(many);
        Assert.DoesNotContain($">{large.Confusion[0][0]}<", ConfusionMatrixPlot.Svg(large));
    }

    [Fact]
    public void The_most_frequent_mistakes_come_first()
    {
        var result = Fake.Evaluation(["a", "b"]) with { Confusion = [[8, 2], [5, 5]] };
        Assert.Equal(["b taken for a: 5 times", "a taken for b: 2 times"], Mistakes.MostFrequent(result, 9).Select(c => c.ToString()));
        Assert.Equal(0.5, Assert.Single(Mistakes.MostFrequent(result, 1)).Share);
    }

    [Fact]
    public void A_perfect_model_and_a_class_without_images_are_drawn_too()
    {
        var result = Fake.Evaluation(["a", "b"]) with { Confusion = [[8, 0], [0, 0]] };
        Assert.NotEmpty(ConfusionMatrixPlot.Png(result));
        Assert.Equal("No image was taken for another class", ConfusionMatrixPlot.Describe(result));
    }
}
