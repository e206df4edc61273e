using Nin.Architectures;
using Nin.Golden;
using Nin.Recipes;
using Nin.Training.Batches;
using Nin.Training.Networks;
using Nin.Training.Optimizers;
using Nin.Weights;
using static TorchSharp.torch;

namespace Nin.Training.Tests.Optimizers;

/// <summary>Loss, gradients and updates equal PyTorch 1.13's.</summary>
public sealed class GoldenStepTests
{
    private static readonly GoldenSteps Golden = GoldenSteps.Load();

    [Theory]
    [InlineData("sgd", false)]
    [InlineData("adam", false)]
    [InlineData("adamw", false)]
    [InlineData("sgd", true)]
    [InlineData("adam", true)]
    [InlineData("adamw", true)]
    public void Two_steps_equal_PyTorchs(string name, bool inTorch)
    {
        var golden = Golden.Cases.Single(one => one.Optimizer == name);
        using var network = new Network(Golden.Architecture, Arithmetic.Reference);
        NetworkWeights.Import(network, Golden.Tensors.ToDictionary(tensor => tensor.Name, tensor => TensorData.OfFloats(tensor.Fill(), [.. tensor.Shape.Select(side => (long)side)])), "golden");
        using var optimizer = new Optimizer(network.Parameters, new OptimizerOptions
        {
            Kind = Enum.Parse<OptimizerKind>(name, ignoreCase: true),
            Momentum = golden.Momentum,
            Nesterov = golden.Nesterov,
            WeightDecay = golden.WeightDecay,
        });

        var steps = network.Plan.Steps;
        var biasesBeforeNorms = steps.Zip(steps.Skip(1)).Where(pair => pair.Second.Operation is BatchNormOperation).Select(pair => $"{pair.First.Key}.bias").ToHashSet();

        foreach (var expected in golden.Losses)
        {
            using var scope = NewDisposeScope();
            var input = Golden.Architecture.Input;
            var images = tensor(GoldenValues.FillImages(input, Golden.Batch), [Golden.Batch, input.Channels, input.Height, input.Width]);
            var logits = network.Forward(images.permute(0, 2, 3, 1).contiguous(), new Pass(Training: true));
            var loss = CrossEntropy.Evaluate(logits, [.. Golden.Labels.Select(label => new Target(label))], Golden.LabelSmoothing);
            var labels = tensor(Golden.Labels.ToArray(), dtype: ScalarType.Int64);
            Assert.Equal(expected, nn.functional.cross_entropy(logits, labels, label_smoothing: Golden.LabelSmoothing).item<float>(), 1e-5);
            Assert.Equal(nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.Sum).item<float>(), loss.Loss, 1e-5);
            Assert.Equal(logits.argmax(1).eq(labels).sum().item<long>(), loss.Correct);
            network.Backward(loss.Gradient);
            if (inTorch)
            {
                optimizer.Steps++;
                optimizer.StepInTorch(golden.LearningRate);
            }
            else
            {
                optimizer.Step(golden.LearningRate);
            }
        }
        foreach (var (key, data) in NetworkWeights.Export(network))
        {
            // A bias before a batch normalisation has no effect but on the running mean: its gradient is rounding noise, which Adam scales up to whole steps.
            if (name != "sgd" && (biasesBeforeNorms.Contains(key) || key.EndsWith(".running_mean", StringComparison.Ordinal))) continue;
            var (expected, actual) = (golden.State[key], data.ToFloats());
            for (var i = 0; i < actual.Length; i++) Assert.InRange(Math.Abs(actual[i] - expected[i]), 0, 1e-5);
        }
    }
}
