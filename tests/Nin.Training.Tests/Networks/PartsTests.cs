using Nin.Architectures;
using Nin.Training.Compute;
using Nin.Training.Networks;
using static TorchSharp.torch;

namespace Nin.Training.Tests.Networks;

/// <summary>A batch that is cut over the cores computes what one core computes.</summary>
public sealed class PartsTests
{
    public static TheoryData<string, ScalarType, bool> Cases => new()
    {
        { "dropout, float32", ScalarType.Float32, false },
        { "dropout, bfloat16", ScalarType.BFloat16, false },
        { "batch normalisation, bfloat16", ScalarType.BFloat16, true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void However_a_batch_is_cut_logits_gradients_and_statistics_are_the_same(string name, ScalarType type, bool norm)
    {
        Assert.NotEmpty(name);
        var whole = Step(threads: 1, type, norm);
        foreach (var threads in (int[])[2, 3, 4])
        {
            var cut = Step(threads, type, norm);
            var tolerance = type == ScalarType.Float32 ? 1e-5 : 0.02;
            AssertNear(whole.Logits, cut.Logits, tolerance);
            AssertNear(whole.Gradient, cut.Gradient, tolerance);
            AssertNear(whole.Statistics, cut.Statistics, tolerance);
        }
    }

    [Fact]
    public void A_network_may_be_used_with_fewer_threads_than_it_was_built_with()
    {
        var most = Environment.ProcessorCount + 7; // more than any other test has started
        Cores.Use(most);
        try
        {
            using var scope = NewDisposeScope();
            using var network = new Network(Small(norm: false), Arithmetic.Reference);
            Cores.Use(2);
            Assert.Equal([8L * most, 5], network.Forward(zeros(8 * most, 9, 9, 3), Pass.Inference).shape);
        }
        finally
        {
            Cores.Use(0);
        }
    }

    [Fact]
    public void Tensors_that_a_network_does_not_take_are_refused()
    {
        using var scope = NewDisposeScope();
        using var network = new Network(Small(norm: false), new Arithmetic(CPU, ScalarType.BFloat16, Fused: true));
        void Refused(string found, Tensor images) => Assert.Contains($"the images are {found}; the network takes [N, H, W, 3], BFloat16", Assert.Throws<ArgumentException>(() => network.Forward(images, Pass.Inference)).Message);
        Refused("[2, 9, 9, 3], Float32", zeros(2, 9, 9, 3));
        Refused("[2, 3, 9, 9], BFloat16", zeros([2, 3, 9, 9], ScalarType.BFloat16));
        Refused("[2, 9, 9, 3], BFloat16, not contiguous", zeros([2, 3, 9, 9], ScalarType.BFloat16).permute(0, 2, 3, 1));
        Assert.Contains("that of the logits is [N, 5], Float32", Assert.Throws<ArgumentException>(() => network.Backward(zeros(2, 4))).Message);
    }

    private static Architecture Small(bool norm) => new()
    {
        Name = "small",
        Input = new(3, 9, 9),
        Layers = [new Mlpconv([32, 33], 3, Padding: 1, BatchNorm: norm), new MaxPool(3, 2, Ceil: true), new Dropout(), new Mlpconv([32, 5], 3, BatchNorm: norm, FinalRelu: false), new GlobalAveragePool()],
    };

    private static (float[] Logits, float[] Gradient, float[] Statistics) Step(int threads, ScalarType type, bool norm)
    {
        Cores.Use(threads);
        try
        {
            using var scope = NewDisposeScope();
            using var network = new Network(Small(norm), new Arithmetic(CPU, type, Fused: type == ScalarType.BFloat16));
            var generator = new Random(5);
            float[] Draw(long count) => [.. Enumerable.Range(0, (int)count).Select(_ => (float)(generator.NextDouble() * 2 - 1))];
            network.Parameters.Master.copy_(tensor(Draw(network.Parameters.Master.numel())));
            network.Parameters.RefreshCompute();
            var images = tensor(Draw(37 * 9 * 9 * 3), [37, 9, 9, 3]).to_type(type);
            var logits = network.Forward(images, new Pass(Training: true, Seed: 3, Step: 11));
            network.Backward(tensor(Draw(logits.numel()), logits.shape));
            float[] statistics = [1, .. network.Statistics.Values.Values.SelectMany(value => value.data<float>().ToArray())];
            return (logits.data<float>().ToArray(), network.Parameters.Gradient.data<float>().ToArray(), statistics);
        }
        finally
        {
            Cores.Use(0);
        }
    }

    private static void AssertNear(float[] expected, float[] actual, double tolerance)
    {
        var scale = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++) Assert.InRange(Math.Abs(actual[i] - expected[i]) / scale, 0, tolerance);
    }
}
