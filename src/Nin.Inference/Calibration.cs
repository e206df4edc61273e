using Nin.Data;
using Nin.Onnx;

namespace Nin.Inference;

/// <summary>Measures the ranges of activations that 8-bit export needs, on images like those that the model will see.</summary>
public static class Calibration
{
    private const int Batch = 64;

    /// <summary>The smallest and the largest value of each tensor over all images.</summary>
    /// <param name="model">float32.</param>
    /// <param name="images">Of the model's input size; some hundreds will do.</param>
    public static IReadOnlyDictionary<string, ValueRange> Measure(OnnxModel model, ImageSet images)
    {
        using var session = OnnxSession.Load(model.Observed(), "the model to calibrate");
        var ranges = new Dictionary<string, ValueRange>();
        var (shape, elements) = (session.Input, checked((int)session.Input.Elements));
        for (var from = 0; from < images.Count; from += Batch)
        {
            var count = Math.Min(Batch, images.Count - from);
            var batch = new float[count * elements];
            PixelScale.Write(images.Pixels.AsSpan(from * elements, batch.Length), batch);
            using var outputs = session.Run(batch, [count, shape.Channels, shape.Height, shape.Width]);
            foreach (var name in model.Activations)
            {
                var values = outputs[session.Outputs.Index().First(output => output.Item == name).Index].GetTensorDataAsSpan<float>();
                var seen = ranges.GetValueOrDefault(name, new(float.MaxValue, float.MinValue));
                foreach (var value in values) seen = new(Math.Min(seen.Lowest, value), Math.Max(seen.Highest, value));
                ranges[name] = seen;
            }
        }
        return ranges;
    }
}
