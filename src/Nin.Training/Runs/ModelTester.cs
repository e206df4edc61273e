using Nin.Data;
using Nin.Evaluation;
using Nin.Training.Batches;
using Nin.Training.Networks;
using static TorchSharp.torch;

namespace Nin.Training.Runs;

/// <summary>Runs a network over labelled images, without augmentation.</summary>
internal static class ModelTester
{
    /// <summary>Loss, accuracy and all the rest of images as they are.</summary>
    public static EvaluationResult Evaluate(Network network, ImageSet images, PixelPipeline pipeline, int batch) =>
        Evaluator.Evaluate(Logits(network, images, pipeline, batch), images.Labels, images.LabelNames);

    /// <summary>The same, and beside it top-1 by the sum of the logits of every image and of its mirror image.</summary>
    public static EvaluationResult EvaluateWithFlips(Network network, ImageSet images, PixelPipeline pipeline, int batch)
    {
        var logits = Logits(network, images, pipeline, batch);
        var plain = Evaluator.Evaluate(logits, images.Labels, images.LabelNames);
        var mirrored = Logits(network, new BatchLoader(images, pipeline, network.Arithmetic, batch).Mirrored(), images.Count);
        for (var i = 0; i < logits.Length; i++) logits[i] += mirrored[i];
        return plain with { Top1Flips = Evaluator.Evaluate(logits, images.Labels, images.LabelNames).Top1 };
    }

    /// <summary>The logits of all images as they are, [N, K] row by row.</summary>
    public static float[] Logits(Network network, ImageSet images, PixelPipeline pipeline, int batch) =>
        Logits(network, new BatchLoader(images, pipeline, network.Arithmetic, batch).InOrder(), images.Count);

    private static float[] Logits(Network network, IEnumerable<Batch> batches, int images)
    {
        var logits = new float[(long)images * network.Plan.Output.Channels];
        var at = 0;
        foreach (var prepared in batches)
        {
            using var scope = NewDisposeScope();
            using var result = network.Forward(prepared.Images, Pass.Inference).cpu();
            result.data<float>().CopyTo(logits, at);
            at += (int)result.numel();
        }
        return logits;
    }
}
