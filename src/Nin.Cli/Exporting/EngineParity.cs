using Nin.Data;
using Nin.Inference;
using Nin.Recipes;
using Nin.Training;
using Nin.Weights;

namespace Nin.Cli.Exporting;

/// <summary>How far the two engines are apart: TorchSharp on the weights, ONNX Runtime on the exported file, both in float32.</summary>
/// <param name="Images">How many were compared.</param>
/// <param name="LargestLogitDifference">Over all images and classes.</param>
/// <param name="LargestProbabilityDifference">Over all images and classes.</param>
/// <param name="ClassesThatDiffer">Images whose likeliest class is not the same.</param>
internal sealed record EngineParity(int Images, double LargestLogitDifference, double LargestProbabilityDifference, int ClassesThatDiffer)
{
    private const double Tolerance = 1e-4;

    /// <summary>Runs images through both.</summary>
    public static EngineParity Measure(StoredModel stored, Classifier exported, ImageSet images, int threads = 0)
    {
        var logits = ModelEvaluation.Logits(stored, images, new EvaluationSettings { Device = "cpu", Precision = Precision.Fp32, Threads = threads });
        var classes = stored.Description.NumClasses;
        var (logit, probability, differ) = (0.0, 0.0, 0);
        foreach (var (n, prediction) in exported.Classify(images).Index())
        {
            var expected = logits.AsSpan(n * classes, classes);
            var probabilities = Softmax(expected);
            for (var k = 0; k < classes; k++)
            {
                logit = Math.Max(logit, Math.Abs(expected[k] - prediction.Logits.Span[k]));
                probability = Math.Max(probability, Math.Abs(probabilities[k] - prediction.Probabilities.Span[k]));
            }
            if (Array.IndexOf(probabilities, probabilities.Max()) != prediction.Index) differ++;
        }
        return new(images.Count, logit, probability, differ);
    }

    /// <summary>Passes when the engines agree.</summary>
    /// <exception cref="GateException">They do not.</exception>
    public void Check(string file)
    {
        if (ClassesThatDiffer == 0 && LargestProbabilityDifference <= Tolerance) return;
        throw new GateException($"{file} does not compute what its weights do", $"of {Images} images {ClassesThatDiffer} get another class, and probabilities differ by up to {LargestProbabilityDifference:0.######}; {Tolerance} is allowed", "do not use the file; report it together with its weights");
    }

    private static double[] Softmax(ReadOnlySpan<float> logits)
    {
        var powers = new double[logits.Length];
        var largest = float.MinValue;
        foreach (var logit in logits) largest = Math.Max(largest, logit);
        for (var k = 0; k < powers.Length; k++) powers[k] = Math.Exp(logits[k] - largest);
        var sum = powers.Sum();
        return Array.ConvertAll(powers, power => power / sum);
    }
}
