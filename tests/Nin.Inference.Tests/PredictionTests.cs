using Nin.Architectures;
using Nin.Explanations;
using Nin.Imaging;

namespace Nin.Inference.Tests;

public sealed class PredictionTests
{
    private static readonly float[] Logits = [-300, 0, -200], Probabilities = [0, 1, 0];

    [Fact]
    public void Classes_too_unlikely_for_a_float_are_in_order()
    {
        var prediction = new Prediction(["a", "b", "c"], Logits, Probabilities, null);
        Assert.Equal(["b", "c", "a"], prediction.Top(3).Select(each => each.Label));
        Assert.Equal([1f, 0f, 0f], prediction.Top(3).Select(each => each.Probability));
    }

    [Fact]
    public void An_explanation_ranks_them_alike()
    {
        var explanation = new Explanation
        {
            Name = "a picture",
            Picture = new PixelImage(new Shape(1, 1, 1), new byte[1]),
            LabelNames = ["a", "b", "c"],
            Probabilities = Probabilities,
            Maps = new ClassMaps(Logits, 3, 1, 1),
            Geometry = new MapGeometry(1, 1, 0, 1, 1),
        };
        Assert.Equal("1 2 0", string.Join(' ', explanation.Ranking));
        Assert.Equal(200.0, explanation.Ledger.Margin);
    }
}
