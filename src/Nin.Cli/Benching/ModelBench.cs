using System.Diagnostics;
using Nin.Images;
using Nin.Imaging;
using Nin.Inference;
using Nin.Training.Profiling;

namespace Nin.Cli.Benching;

/// <summary>What Nin.Inference adds to ONNX Runtime: both in short turns, on the same pictures, in batches and one at a time.</summary>
internal static class ModelBench
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(0.25);

    /// <summary>Measures a model.</summary>
    /// <param name="path">An ONNX file that nin wrote.</param>
    /// <param name="batch">Images in a run.</param>
    /// <param name="threads">Threads; 0 uses every core.</param>
    /// <param name="time">How long to measure in all.</param>
    /// <param name="picture">A picture file to decode.</param>
    /// <returns>The medians over turns.</returns>
    /// <exception cref="ModelException">The file is missing, damaged, or no model of nin.</exception>
    public static ModelSpeed Measure(string path, int batch, int threads, TimeSpan time, string picture)
    {
        using var classifier = Classifier.Load(path, threads);
        var file = ImageFile.Read(picture);
        var pixels = Decode();
        PixelImage[] images = [.. Enumerable.Repeat(pixels, batch)];
        var turns = Enumerable.Range(0, Math.Max(1, (int)(time / (5 * Turn)))).Select(_ => new ModelSpeed(
            path,
            batch,
            InferenceSpeed.Measure(classifier, batch, Turn).ImagesPerSecond,
            batch * 1000 / MillisecondsOf(() => classifier.Classify(images)),
            InferenceSpeed.Measure(classifier, 1, Turn).MedianMs,
            MillisecondsOf(() => Decode()),
            MillisecondsOf(() => classifier.Classify(Decode())))).ToArray();
        return new(path, batch, Median(turn => turn.BareImagesPerSecond), Median(turn => turn.ImagesPerSecond), Median(turn => turn.BareMs), Median(turn => turn.DecodeMs), Median(turn => turn.PictureMs));

        PixelImage Decode() => ImageDecoder.Decode(file, classifier.Input.Channels, picture);

        double Median(Func<ModelSpeed, double> figure) => Medians.Of(turns.Select(figure));
    }

    private static double MillisecondsOf(Action work)
    {
        List<double> milliseconds = [];
        work();
        for (var begin = Stopwatch.GetTimestamp(); milliseconds.Count == 0 || Stopwatch.GetElapsedTime(begin) < Turn;)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return Medians.Of(milliseconds);
    }
}

/// <summary>How fast a model runs.</summary>
/// <param name="Model">The file.</param>
/// <param name="Batch">Images in a run.</param>
/// <param name="BareImagesPerSecond">Of ONNX Runtime alone, in batches.</param>
/// <param name="ImagesPerSecond">Of <see cref="Classifier"/>, from pixels to labels, in batches.</param>
/// <param name="BareMs">A run of ONNX Runtime alone with one image.</param>
/// <param name="DecodeMs">Of the picture file.</param>
/// <param name="PictureMs">From the picture file to its label.</param>
internal sealed record ModelSpeed(string Model, int Batch, double BareImagesPerSecond, double ImagesPerSecond, double BareMs, double DecodeMs, double PictureMs);
