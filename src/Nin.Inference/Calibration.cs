using Nin.Imaging;
using Nin.Onnx;

namespace Nin.Inference;

/// <summary>Measures the ranges of activations that 8-bit export needs, on images like those that the model will see.</summary>
public static class Calibration
{
    private const int Batch = 64;

    /// <summary>The smallest and the largest value of each tensor over all images.</summary>
    /// <param name="model">float32.</param>
    /// <param name="images">Some hundreds will do; [C, H, W] of any size, C is the model's.</param>
    public static IReadOnlyDictionary<string, ValueRange> Measure(OnnxModel model, IEnumerable<PixelImage> images)
    {
        using var session = OnnxSession.Load(model.Observed(), "the model to calibrate");
        var ranges = new Dictionary<string, ValueRange>();
        foreach (var batch in images.Chunk(Batch))
        {
            var shape = session.Input;
            using var outputs = session.Run(InputBatch.Of(batch, shape, session.Metadata.Fit), [batch.Length, shape.Channels, shape.Height, shape.Width]);
            foreach (var name in model.Activations)
            {
                var seen = ranges.GetValueOrDefault(name, new(float.MaxValue, float.MinValue));
                foreach (var value in outputs[session.Outputs.IndexOf(name)].GetTensorDataAsSpan<float>()) seen = new(Math.Min(seen.Lowest, value), Math.Max(seen.Highest, value));
                ranges[name] = seen;
            }
        }
        return ranges;
    }
}
