using System.Diagnostics;
using Nin.Inference;

namespace Nin.Server.Models;

/// <summary>Opens models for serving.</summary>
internal static class WarmSession
{
    /// <summary>Above this a single image is worth all cores; below, one core an image and several at once give more images a second and no less speed.</summary>
    private static readonly TimeSpan LongRun = TimeSpan.FromMilliseconds(3);

    /// <summary>So long a model may try to be quick: while another answers, a run may wait for a core.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.2);

    /// <summary>A session that has run and whose outputs make sense.</summary>
    /// <param name="file">The ONNX file.</param>
    /// <param name="origin">Where it comes from, for errors.</param>
    /// <param name="threads">Cores for all runs together; 0 for every core.</param>
    /// <param name="maxBatch">The largest batch that it will see.</param>
    /// <returns>The session, and how many runs of it shall go on at once.</returns>
    /// <exception cref="ModelException">It is no model of nin, or its outputs make no sense.</exception>
    public static (Classifier Classifier, int Runs) Open(byte[] file, string origin, int threads, int maxBatch)
    {
        if (threads == 0) threads = Environment.ProcessorCount;
        var classifier = Classifier.Load(file, origin, threads: 1);
        try
        {
            var runs = threads;
            if (threads > 1 && !IsQuick(classifier, origin))
            {
                classifier.Dispose();
                (classifier, runs) = (Classifier.Load(file, origin, threads), 1);
            }
            Check(classifier, maxBatch, origin);
            return (classifier, runs);
        }
        catch
        {
            classifier.Dispose();
            throw;
        }
    }

    private static bool IsQuick(Classifier classifier, string origin)
    {
        var start = Stopwatch.GetTimestamp();
        for (var tries = 0; tries < 3 || Stopwatch.GetElapsedTime(start) < Patience; tries++)
            if (Check(classifier, 1, origin) <= LongRun) return true;
        return false;
    }

    /// <summary>Runs noise; gives the time that it took.</summary>
    private static TimeSpan Check(Classifier classifier, int images, string origin)
    {
        var random = new Random(0);
        var noise = new float[images * classifier.Input.Elements];
        for (var i = 0; i < noise.Length; i++) noise[i] = random.NextSingle();
        var cells = classifier.Metadata.Architecture.Plan().ClassMaps?.Output;
        var start = Stopwatch.GetTimestamp();
        var predictions = classifier.Classify(noise, images);
        var time = Stopwatch.GetElapsedTime(start);
        foreach (var prediction in predictions)
        {
            if (prediction.Probabilities.Length != classifier.LabelNames.Length)
                throw new ModelException($"{origin} cannot be served", $"it names {classifier.LabelNames.Length} classes and gives {prediction.Probabilities.Length} probabilities", "export it again: nin export <run>");
            if ((prediction.Maps?.Height, prediction.Maps?.Width) != (cells?.Height, cells?.Width))
                throw new ModelException($"{origin} cannot be served", "its class maps are not those of the network that it names", "export it again: nin export <run>");
            var sum = 0f;
            foreach (var probability in prediction.Probabilities.Span) sum += probability;
            if (!(Math.Abs(sum - 1) < 0.01f))
                throw new ModelException($"{origin} cannot be served", $"its probabilities add up to {sum}, not to 1", "train it again, and look at its report");
        }
        return time;
    }
}
