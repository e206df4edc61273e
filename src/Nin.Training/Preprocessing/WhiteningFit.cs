using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nin.Data;
using Nin.Files;
using Nin.Json;
using Nin.Recipes;
using Nin.Training.Batches;
using Nin.Training.Networks;
using Nin.Weights;
using static TorchSharp.torch;

namespace Nin.Training.Preprocessing;

/// <summary>Measures the whitening of training images, once: it is kept in the cache by what the images hold and the options.</summary>
internal static class WhiteningFit
{
    /// <summary>3x64x64 has 12,288 values; its matrix would take 0.6 GB, and days.</summary>
    private const long MostValues = 3 * 40 * 40;

    /// <summary>Eigenvalues below this share of the largest one are rounding.</summary>
    private const double Rounding = 1e-7;

    private const int Chunk = 1000;

    /// <summary>From the cache, or measured.</summary>
    /// <param name="train">The training images.</param>
    /// <param name="pipeline">From bytes to what is preprocessed, without preprocessing.</param>
    /// <param name="options">Of the contrast normalisation and the whitening.</param>
    /// <exception cref="UsageException">The images have too many values.</exception>
    public static Whitening Of(ImageSet train, PixelPipeline pipeline, PreprocessingOptions options)
    {
        var values = pipeline.Input.Elements;
        if (values > MostValues)
            throw new UsageException($"images of {pipeline.Input} cannot be whitened", $"they have {values:N0} values, whose covariance would be a matrix of {values:N0} x {values:N0}; {MostValues:N0} values are the most", "use --image-size 32, or --set preprocessing.kind=gcn");
        var path = Path.Combine(CacheFolder.Path, "whitening", $"{Key(train, pipeline, options)}.safetensors");
        if (File.Exists(path) && Recall(path, values) is { } known) return known;
        var whitening = Measure(train, pipeline, options);
        try
        {
            whitening.Write(path);
        }
        catch (OutputException)
        {
            // Without a cache it is measured again the next time.
        }
        return whitening;
    }

    /// <summary>Measures it: eigenvectors E and eigenvalues v of the covariance give the matrix E diag(1 / sqrt(v + bias)) E^T over the kept directions.</summary>
    internal static Whitening Measure(ImageSet train, PixelPipeline pipeline, PreprocessingOptions options)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using var contrast = new Preprocessor(options, pipeline.Input, whitening: null);
        var contrasted = new PixelPipeline(pipeline.Stored, pipeline.Input, pipeline.Mean, pipeline.StandardDeviation) { Preprocessor = contrast };
        var values = pipeline.Input.Elements;
        var (sum, products) = (zeros([values], ScalarType.Float64), zeros([values, values], ScalarType.Float64));
        foreach (var batch in new BatchLoader(train, contrasted, Arithmetic.Reference, Chunk).InOrder())
        {
            using var inner = NewDisposeScope();
            using var images = batch.Images;
            var rows = images.permute(0, 3, 1, 2).reshape(images.shape[0], -1).to(ScalarType.Float64);
            sum.add_(rows.sum([0L]));
            products.add_(rows.t().mm(rows));
        }
        var mean = sum / train.Count;
        var (eigenvalues, vectors) = linalg.eigh(products / train.Count - outer(mean, mean));
        var kept = Kept(eigenvalues.data<double>().ToArray(), options.ZcaKeep);
        var (large, directions) = (eigenvalues.narrow(0, values - kept, kept), vectors.narrow(1, values - kept, kept));
        var matrix = (directions * (large + options.ZcaBias).rsqrt()).mm(directions.t());
        return new(mean.to(ScalarType.Float32).data<float>().ToArray(), matrix.to(ScalarType.Float32).contiguous().data<float>().ToArray(), kept);
    }

    /// <summary>How many of the largest directions are kept.</summary>
    /// <param name="eigenvalues">Ascending.</param>
    /// <param name="share">Of the variance, that the kept ones have at least.</param>
    private static int Kept(double[] eigenvalues, double share)
    {
        var (wanted, sum, kept) = (share * eigenvalues.Sum(value => Math.Max(value, 0)), 0.0, 0);
        for (var i = eigenvalues.Length - 1; i >= 0 && eigenvalues[i] > Rounding * eigenvalues[^1] && (share >= 1 || sum < wanted); i--, kept++) sum += eigenvalues[i];
        return Math.Max(kept, 1);
    }

    private static Whitening? Recall(string path, long values)
    {
        try
        {
            return Whitening.Read(path, values);
        }
        catch (ModelException)
        {
            return null; // It can be measured again.
        }
    }

    private static string Key(ImageSet train, PixelPipeline pipeline, PreprocessingOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{pipeline.Stored} {pipeline.Input} {Joined(pipeline.Mean)} {Joined(pipeline.StandardDeviation)} {JsonSerializer.Serialize(options, NinJson.Line)}"));
        for (var i = 0; i < train.Count; i++) hash.AppendData(train.Image(i));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];

        static string Joined(IEnumerable<double> values) => string.Join(' ', values.Select(value => value.ToString(CultureInfo.InvariantCulture)));
    }
}
