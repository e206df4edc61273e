using Nin.Architectures;
using Nin.Data;
using Nin.Training.Batches;
using Nin.Training.Native;
using Nin.Training.Networks;
using Nin.Training.Preprocessing;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Nin.Training.Tests.Preprocessing;

public sealed class PatchWhiteningTests
{
    private const int Patch = 2 * 3 * 3; // values

    private readonly ImageSet _images = Smooth(60, new(2, 10, 10));

    public PatchWhiteningTests() => Libtorch.Load();

    [Fact]
    public void The_first_filters_answer_to_the_training_images_with_deviation_1_and_uncorrelated()
    {
        using var scope = NewDisposeScope();
        using var network = Filled(filters: 40);
        var images = Batch();
        var answers = F.conv2d(images, Filters(network).narrow(0, 0, Patch)).permute(0, 2, 3, 1).reshape(-1, Patch).to(ScalarType.Float64);
        var centred = answers - answers.mean([0L]);
        var covariance = centred.t().mm(centred) / centred.shape[0];
        // The bias on the variances makes answers to directions that hardly vary a little weaker.
        Assert.InRange((covariance - eye(Patch, dtype: ScalarType.Float64)).abs().max().item<double>(), 0, 0.05);
    }

    [Fact]
    public void Then_come_the_same_filters_negated_then_random_ones()
    {
        using var scope = NewDisposeScope();
        using var network = Filled(filters: 40);
        using var random = new Network(Architecture(40), Arithmetic.Reference);
        Initialiser.Fill(random.Parameters, new(), seed: 3);
        var filters = Filters(network);
        AssertSame(filters.narrow(0, 0, Patch), -filters.narrow(0, Patch, Patch));
        AssertSame(filters.narrow(0, 2 * Patch, 40 - 2 * Patch), Filters(random).narrow(0, 2 * Patch, 40 - 2 * Patch));
    }

    [Fact]
    public void A_layer_with_fewer_filters_takes_the_largest_components()
    {
        using var scope = NewDisposeScope();
        using var few = Filled(filters: 5);
        using var many = Filled(filters: 40);
        AssertSame(Filters(few), Filters(many).narrow(0, 0, 5));
    }

    [Fact]
    public void A_network_that_does_not_begin_with_a_convolution_is_refused()
    {
        using var network = new Network(new Architecture { Name = "flat", Input = _images.Shape, Layers = [new Flatten(), new FullyConnected(2)] }, Arithmetic.Reference);
        var error = Assert.Throws<UsageException>(() => PatchWhitening.Fill(network, _images, Pipeline()));
        Assert.Contains("flat does not begin with a convolution", error.Why);
    }

    private static void AssertSame(Tensor expected, Tensor actual) =>
        Assert.Equal(expected.contiguous().data<float>().ToArray(), actual.contiguous().data<float>().ToArray());

    private Network Filled(int filters)
    {
        var network = new Network(Architecture(filters), Arithmetic.Reference);
        Initialiser.Fill(network.Parameters, new(), seed: 3);
        PatchWhitening.Fill(network, _images, Pipeline());
        return network;
    }

    private Architecture Architecture(int filters) => new() { Name = "small", Input = _images.Shape, Layers = [new Mlpconv([filters, 2], 3), new GlobalAveragePool()] };

    private PixelPipeline Pipeline() => new(_images.Shape, _images.Shape, [0.5, 0.5], [0.25, 0.25]);

    private Tensor Batch() => new BatchLoader(_images, Pipeline(), Arithmetic.Reference, _images.Count).InOrder().Single().Images.permute(0, 3, 1, 2).contiguous();

    private static Tensor Filters(Network network) => ParameterStore.View(network.Parameters.Master, network.Parameters.Parameters[0]).contiguous();

    /// <summary>Neighbouring pixels are alike, as in photographs.</summary>
    private static ImageSet Smooth(int count, Shape shape)
    {
        var random = new Random(5);
        var pixels = new byte[count * shape.Elements];
        var level = 128.0;
        for (var i = 0; i < pixels.Length; i++)
        {
            level += 0.3 * (128 - level) + random.Next(-60, 61);
            pixels[i] = (byte)Math.Clamp(level, 0, 255);
        }
        return new ImageSet("smooth", shape, pixels, new int[count], ["one", "two"]);
    }
}
