using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using Nin.Explanations;
using Nin.Onnx;

namespace Nin.Inference;

/// <summary>Takes the outputs of a run apart.</summary>
internal static class Predictions
{
    /// <summary>A prediction an image. Those of one run share three arrays.</summary>
    public static IEnumerable<Prediction> Of(OnnxSession session, IReadOnlyList<OrtValue> outputs, ImmutableArray<string> labelNames)
    {
        var (logits, probabilities) = (Copy(OnnxModel.Logits)!.Value, Copy(OnnxModel.Probabilities)!.Value);
        var maps = Copy(OnnxModel.ClassMaps);
        var classes = (int)logits.Shape[1];
        for (var n = 0; n < logits.Shape[0]; n++)
        {
            var own = maps is { } all ? new ClassMaps(Part(all.Values, n, logits.Shape[0]), classes, (int)all.Shape[2], (int)all.Shape[3]) : null;
            yield return new(labelNames, Part(logits.Values, n, logits.Shape[0]), Part(probabilities.Values, n, logits.Shape[0]), own);
        }

        (float[] Values, long[] Shape)? Copy(string name)
        {
            var place = session.Outputs.IndexOf(name);
            return place < 0 ? null : (outputs[place].GetTensorDataAsSpan<float>().ToArray(), outputs[place].GetTensorTypeAndShape().Shape);
        }
    }

    private static ReadOnlyMemory<float> Part(float[] values, int n, long images)
    {
        var length = (int)(values.Length / images);
        return values.AsMemory(n * length, length);
    }
}
