using Nin.Imaging;

namespace Nin.Inference;

/// <summary>A file and what came of it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Prediction">Null where it could not be read.</param>
/// <param name="Error">Why it could not be read, or null.</param>
public sealed record FilePrediction(string Path, Prediction? Prediction, ImageException? Error);

/// <summary>Classifies files batch by batch; while the model works on one batch, all cores that it leaves decode the next.</summary>
internal static class FilePredictions
{
    public static IEnumerable<FilePrediction> Of(Classifier classifier, IEnumerable<string> paths, int batch)
    {
        // Here, because what yields runs only when its first result is asked for.
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        return InOrder(classifier, paths, batch);
    }

    private static IEnumerable<FilePrediction> InOrder(Classifier classifier, IEnumerable<string> paths, int batch)
    {
        Task<Decoded[]>? ahead = null;
        foreach (var chunk in paths.Chunk(batch))
        {
            var next = Task.Run(() => Decode(classifier, chunk));
            if (ahead is not null)
                foreach (var result in Classify(classifier, ahead.GetAwaiter().GetResult())) yield return result;
            ahead = next;
        }
        if (ahead is null) yield break;
        foreach (var result in Classify(classifier, ahead.GetAwaiter().GetResult())) yield return result;
    }

    private static Decoded[] Decode(Classifier classifier, string[] paths)
    {
        try
        {
            return [.. paths.AsParallel().AsOrdered().Select(path => Decoded.Of(classifier, path))];
        }
        catch (AggregateException e)
        {
            throw e.InnerExceptions[0];
        }
    }

    private static IEnumerable<FilePrediction> Classify(Classifier classifier, Decoded[] files)
    {
        var predictions = new Queue<Prediction>(classifier.Classify([.. files.Select(file => file.Image).OfType<PixelImage>()]));
        foreach (var file in files) yield return new(file.Path, file.Image is null ? null : predictions.Dequeue(), file.Error);
    }

    private sealed record Decoded(string Path, PixelImage? Image, ImageException? Error)
    {
        public static Decoded Of(Classifier classifier, string path)
        {
            try
            {
                return new(path, classifier.Decode(path), null);
            }
            catch (ImageException e)
            {
                return new(path, null, e);
            }
        }
    }
}
