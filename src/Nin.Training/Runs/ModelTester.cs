using Nin.Data;
using Nin.Evaluation;
using Nin.Training.Batches;
using Nin.Training.Networks;
using static TorchSharp.torch;

namespace Nin.Training.Runs;

/// <summary>Runs a network over labelled images as they are, without augmentation.</summary>
internal static class ModelTester
{
    /// <summary>The logits of all images, [N, K] row by row.</summary>
    public static float[] Logits(Network network, ImageSet images, PixelPipeline pipeline, int batch)
    {
        var classes = network.Plan.Output.Channels;
        var logits = new float[(long)images.Count * classes];
        var at = 0;
        foreach (var prepared in new BatchLoader(images, pipeline, network.Arithmetic, batch).InOrder())
        {
            using var scope = NewDisposeScope();
            using var result = network.Forward(prepared.Images, Pass.Inference).cpu();
            result.data<float>().CopyTo(logits, at);
            at += (int)result.numel();
        }
        return logits;
    }

    public static EvaluationResult Evaluate(Network network, ImageSet images, PixelPipeline pipeline, int batch) =>
        Evaluator.Evaluate(Logits(network, images, pipeline, batch), images.Labels, images.LabelNames);
}
