using Nin.Architectures;
using Nin.Data;
using Nin.Training.Batches;
using Nin.Training.Networks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Nin.Training.Preprocessing;

/// <summary>
/// Gives the first convolution filters that whiten what it sees: the principal components of the training images' patches, each scaled so that its output
/// has deviation 1, then the same negated, for the ReLU behind would lose one side.
/// </summary>
internal static class PatchWhitening
{
    /// <summary>Added to every variance, so that directions in which patches hardly differ are not blown up.</summary>
    private const double Bias = 5e-4;

    private const int MostImages = 2000;
    private const int LargestChunk = 100;
    private const long MostPatchValues = 50_000_000; // of a chunk

    /// <summary>Fills the first convolution's weights; filters beyond twice the values of a patch stay as they are.</summary>
    /// <param name="network">Its first layer must be a convolution.</param>
    /// <param name="train">The training images.</param>
    /// <param name="pipeline">From bytes to what the network is fed.</param>
    /// <exception cref="UsageException">The network does not begin with a convolution.</exception>
    public static void Fill(Network network, ImageSet train, PixelPipeline pipeline)
    {
        if (network.Plan.Steps[0].Operation is not ConvolutionOperation convolution)
            throw new UsageException("initialisation.first_layer=whitening does not fit the network", $"{network.Plan.Architecture.Name} does not begin with a convolution", "--set initialisation.first_layer=random");
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var (variances, components) = linalg.eigh(Covariance(train.Select(train.Spread(MostImages)), pipeline, convolution.Kernel));
        // eigh sorts ascending; the largest come first here.
        var filters = (components / (variances + Bias).sqrt()).t().flip(0).to(ScalarType.Float32);
        var both = cat([filters, -filters]);
        var weight = network.Parameters.Parameters[0];
        var count = Math.Min(both.shape[0], weight.Shape[0]);
        ParameterStore.View(network.Parameters.Master, weight).narrow(0, 0, count).copy_(both.narrow(0, 0, count).reshape([count, .. weight.Shape.Skip(1)]));
        network.Parameters.RefreshCompute();
    }

    /// <summary>Of all patches of the images, [D, D] with D = C * k * k in the order of a convolution's weights, in float64.</summary>
    private static Tensor Covariance(ImageSet images, PixelPipeline pipeline, int side)
    {
        var values = pipeline.Input.Channels * side * side;
        var (sum, products, patches) = (zeros([values], ScalarType.Float64), zeros([values, values], ScalarType.Float64), 0L);
        var chunk = (int)Math.Clamp(MostPatchValues / ((long)values * pipeline.Input.Height * pipeline.Input.Width), 1, LargestChunk);
        foreach (var batch in new BatchLoader(images, pipeline, Arithmetic.Reference, chunk).InOrder())
        {
            using var inner = NewDisposeScope();
            using var loaded = batch.Images;
            var rows = F.unfold(loaded.permute(0, 3, 1, 2).contiguous(), side).permute(0, 2, 1).reshape(-1, values).to(ScalarType.Float64);
            sum.add_(rows.sum([0L]));
            products.add_(rows.t().mm(rows));
            patches += rows.shape[0];
        }
        var mean = sum / patches;
        return products / patches - outer(mean, mean);
    }
}
