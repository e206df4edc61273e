using Nin.Architectures;
using Nin.Training.Networks;
using static TorchSharp.torch;

namespace Nin.Training.Tests.Compute;

/// <summary>Every kernel against its plain twin in PyTorch's operations: values and gradients, on odd shapes too.</summary>
public sealed class KernelTests
{
    public static TheoryData<string, Layer[], int, int, int> Cases => new()
    {
        { "relu", [new Relu()], 48, 7, 9 },
        { "relu, odd channels", [new Relu()], 5, 3, 3 },
        { "max pool 2/2", [new MaxPool(2, 2)], 32, 8, 8 },
        { "max pool 2/2, odd sides", [new MaxPool(2, 2)], 37, 7, 5 },
        { "max pool 3/2 ceil", [new MaxPool(3, 2, Ceil: true)], 96, 32, 32 },
        { "max pool 3/2 padded", [new MaxPool(3, 2, Padding: 1)], 40, 9, 9 },
        { "max pool 3/1", [new MaxPool(3, 1)], 33, 6, 6 },
        { "dropout", [new Dropout(0.5)], 32, 5, 5 },
        { "dropout 0.3", [new Dropout(0.3)], 7, 5, 3 },
        { "batch norm", [new BatchNormalisation()], 32, 6, 6 },
        { "batch norm + relu", [new BatchNormalisation(), new Relu()], 64, 6, 5 },
        { "batch norm + relu, odd channels", [new BatchNormalisation(), new Relu()], 43, 4, 4 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_gradients_equal_the_plain_twins(string name, Layer[] layers, int channels, int height, int width)
    {
        var architecture = new Architecture { Name = name, Input = new(channels, height, width), Layers = [new Convolution(channels, 1, Relu: false), .. layers, new GlobalAveragePool()] };
        var (fusedValues, fusedGradients) = ForwardAndBackward(architecture, fused: true);
        var (plainValues, plainGradients) = ForwardAndBackward(architecture, fused: false);
        AssertNear(plainValues, fusedValues, 0.01);
        AssertNear(plainGradients, fusedGradients, 0.02);
    }

    [Fact]
    public void The_same_step_draws_the_same_dropout_mask_and_the_next_step_another()
    {
        var ones = Enumerable.Repeat((ushort)0x3f80, 4096).ToArray();
        float[] Masked(long step)
        {
            using var x = tensor(Array.ConvertAll(ones, _ => 1f)).to_type(ScalarType.BFloat16);
            Training.Compute.DropoutKernel.Apply(x, 0.5, Training.Compute.DropoutKernel.Key(seed: 1, step, layer: 2), firstImage: 0);
            using var wide = x.to_type(ScalarType.Float32);
            return wide.data<float>().ToArray();
        }
        Assert.Equal(Masked(7), Masked(7));
        Assert.NotEqual(Masked(7), Masked(8));
        Assert.InRange(Masked(7).Count(value => value == 2), 1900, 2200);
        Assert.All(Masked(7), value => Assert.True(value is 0 or 2));
    }

    private static (float[] Values, float[] Gradients) ForwardAndBackward(Architecture architecture, bool fused)
    {
        using var scope = NewDisposeScope();
        using var network = new Network(architecture, new Arithmetic(CPU, ScalarType.BFloat16, fused));
        var generator = new Random(5);
        float[] Draw(long count) => [.. Enumerable.Range(0, (int)count).Select(_ => (float)(generator.NextDouble() * 2 - 1))];
        network.Parameters.Master.copy_(tensor(Draw(network.Parameters.Master.numel())));
        network.Parameters.RefreshCompute();
        var input = architecture.Input;
        var images = tensor(Draw(6 * input.Elements), [6, input.Height, input.Width, input.Channels]).to_type(ScalarType.BFloat16);
        var logits = network.Forward(images, new Pass(Training: true, Seed: 3, Step: 11));
        network.Backward(tensor(Draw(logits.numel()), logits.shape));
        return (logits.data<float>().ToArray(), network.Parameters.Gradient.data<float>().ToArray());
    }

    private static void AssertNear(float[] expected, float[] actual, double tolerance)
    {
        var scale = expected.Max(Math.Abs);
        Assert.True(scale > 0);
        for (var i = 0; i < expected.Length; i++) Assert.InRange(Math.Abs(actual[i] - expected[i]) / scale, 0, tolerance);
    }
}
