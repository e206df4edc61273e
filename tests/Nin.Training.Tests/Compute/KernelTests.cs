using Nin.Architectures;
using Nin.Training.Compute;
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
        { "max pool 16/16", [new MaxPool(16, 16)], 32, 32, 16 },
        { "dropout", [new Dropout(0.5)], 32, 5, 5 },
        { "dropout 0.3", [new Dropout(0.3)], 7, 5, 3 },
        { "batch norm", [new BatchNormalisation()], 32, 6, 6 },
        { "batch norm + relu", [new BatchNormalisation(), new Relu()], 64, 6, 5 },
        { "batch norm + relu, odd channels", [new BatchNormalisation(), new Relu()], 43, 4, 4 },
    };

    /// <summary>Kernels on vectors, behind the mean and at the end.</summary>
    public static TheoryData<string, Layer[]> Ends => new()
    {
        { "mean, dropout", [new GlobalAveragePool(), new Dropout(0.5), new FullyConnected(5)] },
        { "mean, relu", [new GlobalAveragePool(), new Relu(), new FullyConnected(5)] },
        { "mean, batch norm", [new GlobalAveragePool(), new BatchNormalisation(), new FullyConnected(5)] },
        { "mean, dropout at the end", [new GlobalAveragePool(), new Dropout(0.5)] },
        { "max pool at the end", [new MaxPool(5, 5)] },
        { "convolution and relu at the end", [new Convolution(7, 5)] },
        { "fully connected and relu at the end", [new Flatten(), new FullyConnected(7, Relu: true)] },
        { "fully connected and batch norm at the end", [new Flatten(), new FullyConnected(7), new BatchNormalisation()] },
        { "maxout, dropout", [new Flatten(), new FullyConnected(64), new Maxout(2), new Dropout(0.5), new FullyConnected(5)] },
        { "maxout, relu", [new Flatten(), new FullyConnected(64), new Maxout(2), new Relu(), new FullyConnected(5)] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_gradients_equal_the_plain_twins(string name, Layer[] layers, int channels, int height, int width) =>
        AssertTwins(new() { Name = name, Input = new(channels, height, width), Layers = [new Convolution(channels, 1, Relu: false), .. layers, new GlobalAveragePool()] });

    [Theory]
    [MemberData(nameof(Ends))]
    public void Kernels_on_vectors_equal_their_plain_twins(string name, Layer[] layers) =>
        AssertTwins(new() { Name = name, Input = new(40, 5, 5), Layers = [new Convolution(40, 1, Relu: false), .. layers] });

    [Fact]
    public void A_change_of_shape_behind_the_mean_costs_no_precision()
    {
        static Architecture Ending(params Layer[] layers) => new() { Name = "ending", Input = new(40, 5, 5), Layers = [new Convolution(40, 1, Relu: false), new GlobalAveragePool(), .. layers] };
        Assert.Equal(ForwardAndBackward(Ending(), fused: true).Values, ForwardAndBackward(Ending(new Flatten()), fused: true).Values);
    }

    [Fact]
    public void A_relu_passes_on_what_is_no_number()
    {
        // bfloat16: NaN of either sign, infinities, zeros, numbers.
        short[] bits = [0x7fc0, unchecked((short)0xffc0), -1, 0x7f80, unchecked((short)0xff80), 0, unchecked((short)0x8000), 0x3f80, unchecked((short)0xbf80)];
        short[] expected = [0x7fc0, 0x7fc0, 0x7fff, 0x7f80, 0, 0, 0, 0x3f80, 0];
        // A vector and a rest.
        using var x = tensor(Repeated(bits));
        ReluKernel.Forward(x);
        Assert.Equal(Repeated(expected), x.data<short>().ToArray());

        static short[] Repeated(short[] values) => [.. Enumerable.Range(0, 45).Select(i => values[i % values.Length])];
    }

    [Fact]
    public void Memory_is_taken_for_what_it_is_however_long()
    {
        using var numbers = zeros(3);
        Assert.Throws<ArgumentException>(() => Address<ushort>(numbers));
        // Nothing of it is touched, so that it takes no memory but an address.
        using var large = empty([int.MaxValue + 1L], ScalarType.Byte);
        using var first = large.narrow(0, 0, 1);
        Assert.Equal(Address<byte>(first), Address<byte>(large));
    }

    [Fact]
    public void The_same_step_draws_the_same_dropout_mask_and_the_next_step_another()
    {
        var ones = Enumerable.Repeat((ushort)0x3f80, 4096).ToArray();
        float[] Masked(long step)
        {
            using var x = tensor(Array.ConvertAll(ones, _ => 1f)).to_type(ScalarType.BFloat16);
            DropoutKernel.Apply(x, 0.5, DropoutKernel.Key(seed: 1, step, layer: 2), firstImage: 0);
            using var wide = x.to_type(ScalarType.Float32);
            return wide.data<float>().ToArray();
        }
        Assert.Equal(Masked(7), Masked(7));
        Assert.NotEqual(Masked(7), Masked(8));
        Assert.InRange(Masked(7).Count(value => value == 2), 1900, 2200);
        Assert.All(Masked(7), value => Assert.True(value is 0 or 2));
    }

    private static unsafe nint Address<T>(Tensor tensor) where T : unmanaged => (nint)tensor.Pointer<T>();

    private static void AssertTwins(Architecture architecture)
    {
        var (fusedValues, fusedGradients) = ForwardAndBackward(architecture, fused: true);
        var (plainValues, plainGradients) = ForwardAndBackward(architecture, fused: false);
        AssertNear(plainValues, fusedValues, 0.01);
        AssertNear(plainGradients, fusedGradients, 0.02);
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
