using Nin.Training.Batches;
using Nin.Training.Optimizers;
using static TorchSharp.torch;

namespace Nin.Training.Tests.Optimizers;

public sealed class CrossEntropyTests
{
    [Fact]
    public void Two_classes_by_their_shares_are_PyTorchs_cross_entropy_of_probabilities()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new float[] { 0.2f, -1, 3, 0.5f, 0.4f, 0.3f }, [2, 3], requires_grad: true);
        Target[] targets = [new(2, Other: 0, OtherShare: 0.3), new(1)];
        var probabilities = tensor(new float[] { 0.3f, 0, 0.7f, 0, 1, 0 }, [2, 3]);

        var loss = CrossEntropy.Evaluate(logits.detach(), targets, smoothing: 0.1);

        nn.functional.cross_entropy(logits, probabilities, label_smoothing: 0.1).backward();
        Assert.Equal(nn.functional.cross_entropy(logits, probabilities, reduction: nn.Reduction.Sum).item<float>(), loss.Loss, 1e-5);
        foreach (var (expected, actual) in logits.grad!.data<float>().ToArray().Zip(loss.Gradient.data<float>().ToArray())) Assert.Equal(expected, actual, 1e-6f);
    }

    [Theory]
    [InlineData(0.3, 1)]
    [InlineData(0.7, 0)]
    public void Right_is_the_class_of_the_larger_part(double otherShare, int right)
    {
        using var logits = tensor(new float[] { 0, 5 }, [1, 2]);
        var loss = CrossEntropy.Evaluate(logits, [new(1, Other: 0, otherShare)], smoothing: 0);
        using var gradient = loss.Gradient;
        Assert.Equal(right, loss.Correct);
    }
}
