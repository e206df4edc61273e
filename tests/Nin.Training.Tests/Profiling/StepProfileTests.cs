using Nin.Architectures;
using Nin.Recipes;
using Nin.Training.Profiling;
using static TorchSharp.torch;

namespace Nin.Training.Tests.Profiling;

public sealed class StepProfileTests
{
    [Fact]
    public void A_profile_counts_the_work_of_every_operation()
    {
        var profile = StepProfile.Measure(new() { Network = "nin-mnist", Input = new Shape(1, 28, 28), Classes = 10, Batch = 2, Precision = Precision.Fp32, Threads = 1 }, steps: 1, warmUp: TimeSpan.Zero);
        var first = profile.Operations[0];
        Assert.StartsWith("0.0 convolution 5x5", first.Name);
        // 96 maps of 28 x 28, 25 products each, 2 flops a product, forward and the gradient of the weights, 2 images.
        Assert.Equal(96 * 784 * 25 * 2 * 2 * 2 / 1e9, first.Gflop, 9);
        Assert.Equal(2 * (784 + 96 * 784) * 2 * 4 / 1e6, first.Megabytes, 6);
        Assert.All(profile.Operations, operation => Assert.True(operation.ForwardMs > 0));
        Assert.Equal(profile.MeanMs, profile.Operations.Sum(operation => operation.Ms) + profile.WaitingMs + profile.RestMs, 6);
    }

    [Fact]
    public void Stored_images_are_resized_by_the_loader()
    {
        using var probe = new TrainingProbe(new() { Network = "nin-fast", Input = new Shape(1, 56, 56), Stored = new Shape(1, 28, 28), Classes = 10, Batch = 2, Threads = 1 });
        Assert.Equal(new Shape(1, 56, 56), probe.Network.Plan.Architecture.Input);
        Assert.True(probe.Step().Learning > TimeSpan.Zero);
    }

    [Fact]
    public void No_tensor_outlives_a_probe()
    {
        Take();
        var before = LiveTensors.Count();
        Take();
        Assert.Equal(before, Tensor.TotalCount);

        static void Take()
        {
            using var scope = NewDisposeScope();
            using var probe = new TrainingProbe(new()
            {
                Network = "nin-fast",
                Input = new Shape(1, 28, 28),
                Classes = 10,
                Batch = 2,
                Threads = 1,
                Recipe = new() { Preprocessing = new() { Kind = PreprocessingKind.Lcn, Window = 5 } },
            });
            probe.Step();
        }
    }
}
