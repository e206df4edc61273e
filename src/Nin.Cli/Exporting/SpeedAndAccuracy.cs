using System.Diagnostics;
using Nin.Data;
using Nin.Inference;
using Nin.Training.Profiling;

namespace Nin.Cli.Exporting;

/// <summary>How well and how fast a model classifies.</summary>
/// <param name="Images">How many.</param>
/// <param name="Accuracy">Top-1, 0..1.</param>
/// <param name="ImagesPerSecond">In batches, after a warm-up; the median over turns.</param>
internal sealed record SpeedAndAccuracy(int Images, double Accuracy, double ImagesPerSecond)
{
    private const int Turns = 8;

    /// <summary>Until the runtime has compiled for speed what runs often.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    /// <summary>After its last run, ONNX Runtime keeps its threads busy waiting for the next, for up to a tenth of a second.</summary>
    private static readonly TimeSpan UntilThreadsRest = TimeSpan.FromSeconds(0.15);

    /// <summary>Lets two models classify the same labelled images in short turns, so that whatever else the machine does slows both alike.</summary>
    public static (SpeedAndAccuracy First, SpeedAndAccuracy Second) Measure(Classifier first, Classifier second, ImageSet images)
    {
        Tally[] tallies = [new(first), new(second)];
        int[] all = [.. Enumerable.Range(0, images.Count)];
        ImageSet[] parts = [.. all.Chunk((all.Length + Turns - 1) / Turns).Select(part => images.Select(part))];
        foreach (var tally in tallies) tally.Prepare(parts[0]);
        foreach (var part in parts)
            foreach (var tally in tallies) tally.Classify(part);
        return (tallies[0].Of(images.Count), tallies[1].Of(images.Count));
    }

    private sealed class Tally(Classifier classifier)
    {
        private readonly List<double> _imagesPerSecond = [];
        private int _right;

        public void Prepare(ImageSet images)
        {
            for (var startedAt = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(startedAt) < WarmUp;) _ = Right(images);
        }

        public void Classify(ImageSet images)
        {
            Thread.Sleep(UntilThreadsRest);
            var startedAt = Stopwatch.GetTimestamp();
            _right += Right(images);
            _imagesPerSecond.Add(images.Count / Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
        }

        public SpeedAndAccuracy Of(int images) => new(images, _right / (double)images, Medians.Of(_imagesPerSecond));

        private int Right(ImageSet images) => classifier.Classify(images).Zip(images.Labels).Count(pair => pair.First.Index == pair.Second);
    }
}
