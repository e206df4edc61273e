using Nin.Imaging;
using Nin.Onnx;
using Nin.Weights;

namespace Nin.Inference.Tests;

public sealed class ClassEditTests
{
    [Theory]
    [InlineData("nin-fast")]
    [InlineData("nin-d2l")]
    [InlineData("mlpconv-batch-norm")]
    [InlineData("fully-connected-head")]
    public void The_other_logits_stay_what_they_were(string name)
    {
        var model = new StoredModel(name, Models.Describe(Models.Net(name)), Models.Weights(Models.Net(name)));
        var before = Logits(model);
        var without = Logits(ClassEdit.Remove(model, "class 1"));
        Assert.Equal([before[0], .. before[2..]], without, (one, two) => Math.Abs(one - two) < 1e-5);
        var with = Logits(ClassEdit.Add(model, "another"));
        Assert.Equal(before.Length + 1, with.Length);
        Assert.Equal(before, with[..^1], (one, two) => Math.Abs(one - two) < 1e-5);
    }

    [Fact]
    public void Only_what_is_there_can_be_removed()
    {
        var model = new StoredModel("nin-fast", Models.Describe(Models.Net("nin-fast")), Models.Weights(Models.Net("nin-fast")));
        Assert.Throws<UsageException>(() => ClassEdit.Remove(model, "nobody"));
        Assert.Throws<UsageException>(() => ClassEdit.Add(model, "class 1"));
    }

    [Fact]
    public void Weights_that_do_not_fit_are_refused_before_anything_is_edited()
    {
        var weights = new Dictionary<string, TensorData>(Models.Weights(Models.Net("nin-fast"))) { ["nameless"] = TensorData.OfFloats([], 0) };
        var error = Assert.Throws<ModelException>(() => ClassEdit.Add(new StoredModel("nin-fast", Models.Describe(Models.Net("nin-fast")), weights), "another"));
        Assert.Contains("unexpected: nameless", error.Why);
    }

    private static float[] Logits(StoredModel model)
    {
        using var classifier = Classifier.Load(OnnxModel.Of(model));
        var pixels = new byte[model.Description.InputSize.Elements];
        new Random(4).NextBytes(pixels);
        return classifier.Classify(new PixelImage(model.Description.InputSize, pixels)).Logits.ToArray();
    }
}
