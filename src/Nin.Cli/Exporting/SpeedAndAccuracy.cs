using System.Diagnostics;
using Nin.Data;
using Nin.Inference;

namespace Nin.Cli.Exporting;

/// <summary>How well and how fast a model classifies.</summary>
/// <param name="Images">How many.</param>
/// <param name="Accuracy">Top-1, 0..1.</param>
/// <param name="ImagesPerSecond">In batches, after a warm-up.</param>
internal sealed record SpeedAndAccuracy(int Images, double Accuracy, double ImagesPerSecond)
{
    private const int WarmUp = 128;

    /// <summary>Classifies labelled images.</summary>
    public static SpeedAndAccuracy Measure(Classifier classifier, ImageSet images)
    {
        foreach (var _ in classifier.Classify(images.Select([.. Enumerable.Range(0, Math.Min(WarmUp, images.Count))])))
        {
        }
        var startedAt = Stopwatch.GetTimestamp();
        var right = classifier.Classify(images).Zip(images.Labels).Count(pair => pair.First.Index == pair.Second);
        return new(images.Count, right / (double)images.Count, images.Count / Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
    }
}
