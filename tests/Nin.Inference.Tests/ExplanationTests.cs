using Nin.Architectures;
using Nin.Files;
using Nin.Images;
using Nin.Imaging;

namespace Nin.Inference.Tests;

/// <summary>What the model that ships says of its labels.</summary>
public sealed class ExplanationTests
{
    private static readonly string Model = Path.Combine(NinHome.Find()!, "models", "fashion-mnist.onnx");

    [Fact]
    public void The_account_adds_up_to_the_lead_in_the_logits()
    {
        using var classifier = Classifier.Load(Model);
        foreach (var file in PictureFiles.In(Path.Combine(NinHome.Find()!, "samples")))
        {
            var (prediction, explanation) = (classifier.Classify(file), classifier.Explain(classifier.Decode(file), file));
            var (ledger, logits) = (explanation.Ledger, prediction.Logits.ToArray());
            Assert.Equal(prediction.Index, ledger.Winner);
            Assert.Equal(logits[ledger.Winner] - logits[ledger.RunnerUp], ledger.Margin, 1e-5);
            Assert.InRange(explanation.StrongestField.Width, 1, 28);
        }
    }

    [Fact]
    public void A_large_picture_is_labelled_in_one_pass()
    {
        using var classifier = Classifier.Load(Model);
        using var scanner = PictureScanner.Load(Model);
        var bag = classifier.Decode(Path.Combine(NinHome.Find()!, "samples", "bag.png"));
        var large = new byte[60 * 80];
        for (var y = 0; y < 28; y++) bag.Pixels.AsSpan(y * 28, 28).CopyTo(large.AsSpan((y + 16) * 80 + 40));

        // 4 pixels a cell: the window whose first cell is (4, 10) holds the bag.
        var map = scanner.Scan(new PixelImage(new Shape(1, 60, 80), large));
        Assert.Equal((15 - 7 + 1, 20 - 7 + 1), (map.Height, map.Width));
        Assert.Equal("Bag", scanner.LabelNames[map.Labels.Span[4 * map.Width + 10]]);
        Assert.Contains(map.Boxes(0.5f), box => scanner.LabelNames[box.Label] == "Bag" && box.Row <= 4 && box.Column <= 10);
    }

    [Fact]
    public void A_picture_of_the_usual_size_has_one_window_with_the_usual_label()
    {
        using var classifier = Classifier.Load(Model);
        using var scanner = PictureScanner.Load(Model);
        var image = classifier.Decode(Path.Combine(NinHome.Find()!, "samples", "dress.png"));
        var map = scanner.Scan(image);
        Assert.Equal((1, 1, classifier.Classify(image).Index), (map.Height, map.Width, map.Labels.Span[0]));
        Assert.Throws<DataException>(() => scanner.Scan(new PixelImage(new Shape(1, 20, 28), new byte[20 * 28])));
        Assert.Throws<ArgumentException>(() => scanner.Scan(new PixelImage(new Shape(3, 40, 40), new byte[3 * 40 * 40])));
    }
}
