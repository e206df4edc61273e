using System.Diagnostics;

namespace Nin.Inference;

/// <summary>How fast ONNX Runtime alone runs a model: the yardstick for whatever is built around it.</summary>
/// <param name="ImagesPerSecond">Over the whole time.</param>
/// <param name="MedianMs">Of a run.</param>
public sealed record InferenceSpeed(double ImagesPerSecond, double MedianMs)
{
    /// <summary>Runs a model on the same noise over and over, with ONNX Runtime's own defaults, after a tenth of the time to warm up.</summary>
    /// <param name="classifier">The model; nothing but its session is used.</param>
    /// <param name="batch">Images in a run.</param>
    /// <param name="time">How long to measure.</param>
    public static InferenceSpeed Measure(Classifier classifier, int batch, TimeSpan time)
    {
        var session = classifier.Session;
        var input = session.Input;
        var images = new float[batch * input.Elements];
        var random = new Random(0);
        for (var i = 0; i < images.Length; i++) images[i] = random.NextSingle();
        Run(session, images, batch, time / 10);
        var milliseconds = Run(session, images, batch, time);
        return new(milliseconds.Count * batch / (milliseconds.Sum() / 1000), milliseconds.Order().ElementAt(milliseconds.Count / 2));
    }

    private static List<double> Run(OnnxSession session, float[] images, int batch, TimeSpan time)
    {
        var input = session.Input;
        var milliseconds = new List<double>();
        for (var begin = Stopwatch.GetTimestamp(); milliseconds.Count == 0 || Stopwatch.GetElapsedTime(begin) < time;)
        {
            var start = Stopwatch.GetTimestamp();
            session.Run(images, [batch, input.Channels, input.Height, input.Width]).Dispose();
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return milliseconds;
    }
}
