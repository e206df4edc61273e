using Nin.Onnx;

namespace Nin.Inference.Tests;

/// <summary>Models in 16 and 8 bits stay near their float32 originals, whatever layers they are made of.</summary>
public sealed class PrecisionTests
{
    public static TheoryData<string> Names => ["nin-fast", "nin-cifar10-caffe", "nin-mnist", "convolution-batch-norm", "local-response", "maxout", "average-ceil", "fully-connected-head", "fully-connected-after-mean"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Sixteen_bits_are_near(string name) => AssertNear(name, Models.Onnx(name).ToHalf(), 0.01);

    [Theory]
    [MemberData(nameof(Names))]
    public void Eight_bits_are_near(string name)
    {
        var model = Models.Onnx(name);
        AssertNear(name, model.ToInt8(Calibration.Measure(model, Models.Images(name))), 0.15);
    }

    [Fact]
    public void Files_shrink_to_half_and_to_a_third()
    {
        var model = Models.Onnx("nin-fast");
        var size = model.ToBytes().Length;
        Assert.InRange(model.ToHalf().ToBytes().Length, 0, size * 0.52);
        Assert.InRange(model.ToInt8(Calibration.Measure(model, Models.Images("nin-fast"))).ToBytes().Length, 0, size / 3.0);
    }

    private static void AssertNear(string name, OnnxModel candidate, double tolerance)
    {
        using var exact = Classifier.Load(Models.Onnx(name));
        using var other = Classifier.Load(candidate);
        var (expected, actual) = (exact.Classify(Models.Images(name)), other.Classify(Models.Images(name)));
        var scale = Math.Max(0.1, expected.Max(prediction => prediction.Logits.ToArray().Max(Math.Abs)));
        foreach (var (one, two) in expected.Zip(actual))
            for (var k = 0; k < one.Logits.Length; k++) Assert.InRange(Math.Abs(one.Logits.Span[k] - two.Logits.Span[k]) / scale, 0, tolerance);
        Assert.Equal(expected[0].Maps?.Height, actual[0].Maps?.Height);
    }
}
