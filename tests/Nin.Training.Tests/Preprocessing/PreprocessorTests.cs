using Nin.Architectures;
using Nin.Data;
using Nin.Golden;
using Nin.Recipes;
using Nin.Training.Batches;
using Nin.Training.Networks;
using Nin.Training.Preprocessing;
using Nin.Weights;
using static TorchSharp.torch;

namespace Nin.Training.Tests.Preprocessing;

/// <summary>Contrast normalisation and whitening equal NumPy's; whitened images have the identity for their covariance.</summary>
public sealed class PreprocessorTests : IDisposable
{
    private static readonly Shape Shape = new(3, 4, 5);
    private static readonly ImageSet Images = GoldenImages();
    private static readonly PixelPipeline Pipeline = PipelineOf(Shape);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Cases { get; } = [.. Enumerable.Range(0, GoldenPreprocessed.Load().Cases.Length)];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Cases))]
    public void Preprocessing_is_that_of_NumPy(int number)
    {
        var (golden, expected) = (GoldenPreprocessed.Load(), GoldenPreprocessed.Load().Cases[number]);
        var options = new PreprocessingOptions { Kind = expected.Kind, ZcaBias = expected.ZcaBias, ZcaKeep = expected.ZcaKeep, Window = expected.Window };
        var whitening = options.Kind == PreprocessingKind.GcnZca ? WhiteningFit.Measure(Images, Pipeline, options) : null;
        if (whitening is not null) Assert.Equal(expected.Kept, whitening.Kept);
        var rows = Rows(options, whitening);
        var values = golden.Images.SelectMany(image => rows[image]).ToArray();
        var most = expected.Values.Max(Math.Abs);
        Assert.All(expected.Values.Zip(values), pair => Assert.InRange(pair.Second, pair.First - 2e-4 * most, pair.First + 2e-4 * most));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 0.9)]
    public void Whitened_training_images_have_the_identity_for_their_covariance_in_the_kept_directions(double bias, double keep)
    {
        var options = new PreprocessingOptions { Kind = PreprocessingKind.GcnZca, ZcaBias = bias, ZcaKeep = keep };
        var whitening = WhiteningFit.Measure(Images, Pipeline, options);
        using var scope = NewDisposeScope();
        var rows = tensor(Rows(options, whitening).SelectMany(row => row).ToArray(), Images.Count, Shape.Elements).to(ScalarType.Float64);
        var centred = rows - rows.mean([0], keepdim: true);
        var eigenvalues = linalg.eigvalsh(centred.t().mm(centred) / Images.Count).data<double>().ToArray();
        Assert.All(eigenvalues.TakeLast(whitening.Kept), value => Assert.InRange(value, 0.99, 1.01));
        Assert.All(eigenvalues.SkipLast(whitening.Kept), value => Assert.InRange(value, -0.01, 0.01));
    }

    /// <summary>The same on the 50,000 images that the paper whitens; a minute or two, so only where NIN_SOAK is set and NIN_DATA has CIFAR-10.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 0.99)]
    [InlineData(0.1, 1)]
    public void Whitened_CIFAR_has_the_identity_for_its_covariance_in_the_kept_directions(double bias, double keep)
    {
        if (Environment.GetEnvironmentVariable("NIN_SOAK") is null) Assert.Skip("NIN_SOAK is not set");
        var train = DataCatalogue.Load("cifar10", null).Train;
        var options = new PreprocessingOptions { Kind = PreprocessingKind.GcnZca, ZcaBias = bias, ZcaKeep = keep };
        var whitening = WhiteningFit.Measure(train, PipelineOf(train.Shape), options);
        using var preprocessor = new Preprocessor(options, train.Shape, whitening);
        using var scope = NewDisposeScope();
        var (sum, products) = (zeros([train.Shape.Elements], ScalarType.Float64), zeros([train.Shape.Elements, train.Shape.Elements], ScalarType.Float64));
        foreach (var batch in new BatchLoader(train, PipelineOf(train.Shape, preprocessor), Arithmetic.Reference, 1000).InOrder())
        {
            using var inner = NewDisposeScope();
            using var images = batch.Images;
            var rows = images.reshape(images.shape[0], -1).to(ScalarType.Float64);
            sum.add_(rows.sum([0L]));
            products.add_(rows.t().mm(rows));
        }
        var mean = sum / train.Count;
        var eigenvalues = linalg.eigvalsh(products / train.Count - outer(mean, mean)).data<double>().ToArray();
        var within = eigenvalues.Count(value => Math.Abs(value - 1) <= 0.01);
        TestContext.Current.TestOutputHelper!.WriteLine($"bias {bias}, keep {keep}: {whitening.Kept} directions kept, {within} of them within 0.01 of 1, {eigenvalues[^whitening.Kept]:0.0000} to {eigenvalues[^1]:0.0000}");
        if (bias == 0) Assert.Equal(whitening.Kept, within);
    }

    [Fact]
    public void Whitening_survives_its_file()
    {
        var options = new PreprocessingOptions { Kind = PreprocessingKind.GcnZca };
        var whitening = WhiteningFit.Measure(Images, Pipeline, options);
        whitening.Write(Path.Combine(_folder.Path, "whitening.safetensors"));
        var read = Whitening.Read(Path.Combine(_folder.Path, "whitening.safetensors"), Shape.Elements);
        Assert.Equal(whitening.Mean, read.Mean);
        Assert.Equal(whitening.Matrix, read.Matrix);
        Assert.Equal(whitening.Kept, read.Kept);
        Assert.Throws<ModelException>(() => Whitening.Read(Path.Combine(_folder.Path, "whitening.safetensors"), 61));
    }

    [Fact]
    public void Large_images_are_not_whitened() =>
        Assert.Contains("cannot be whitened", Assert.Throws<UsageException>(() => WhiteningFit.Of(Images, new(Shape, new(3, 64, 64), [0, 0, 0], [1, 1, 1]), new())).Message);

    [Fact]
    public void Batches_are_preprocessed_in_the_networks_type()
    {
        using var preprocessor = new Preprocessor(new() { Kind = PreprocessingKind.Gcn }, Shape, null);
        var batch = new BatchLoader(Images, PipelineOf(Shape, preprocessor), Arithmetic.Reference with { Type = ScalarType.BFloat16 }, 10).InOrder().First();
        using (batch.Images)
        {
            Assert.Equal(ScalarType.BFloat16, batch.Images.dtype);
            using var length = batch.Images.to(ScalarType.Float32)[0].square().sum().sqrt();
            Assert.InRange(length.item<float>(), 54.5, 55.5);
        }
    }

    [Theory]
    [InlineData(PreprocessingKind.Gcn)]
    [InlineData(PreprocessingKind.Lcn)]
    public void A_rank_may_have_no_image_of_a_batch(PreprocessingKind kind)
    {
        using var preprocessor = new Preprocessor(new() { Kind = kind }, Shape, null);
        using var none = zeros(0, Shape.Height, Shape.Width, Shape.Channels);
        using var processed = preprocessor.Apply(none);
        Assert.Equal(none.shape, processed.shape);
    }

    private static PixelPipeline PipelineOf(Shape shape, Preprocessor? preprocessor = null) => new(shape, shape, [0, 0, 0], [1, 1, 1]) { Preprocessor = preprocessor };

    /// <summary>[N][C * H * W].</summary>
    private static float[][] Rows(PreprocessingOptions options, Whitening? whitening)
    {
        using var preprocessor = new Preprocessor(options, Shape, whitening);
        using var scope = NewDisposeScope();
        var batch = new BatchLoader(Images, PipelineOf(Shape, preprocessor), Arithmetic.Reference, Images.Count).InOrder().Single();
        using (batch.Images) return [.. batch.Images.permute(0, 3, 1, 2).contiguous().data<float>().ToArray().Chunk((int)Shape.Elements)];
    }

    /// <summary>The images of make_preprocessed.py.</summary>
    private static ImageSet GoldenImages()
    {
        const int Count = 40;
        var size = (int)Shape.Elements;
        var pixels = new byte[Count * size];
        for (var i = 0; i < pixels.Length; i++)
        {
            var h = (uint)i;
            h = (h ^ h >> 16) * 0x85EBCA6B;
            h = (h ^ h >> 13) * 0xC2B2AE35;
            h ^= h >> 16;
            pixels[i] = i >= (Count - 1) * size ? (byte)77 : (byte)Math.Min(255, (h >> 24) + 8 * (i % Shape.Width));
        }
        return new("golden", Shape, pixels, new int[Count], ["all"]);
    }
}
