using Nin.Data;
using Nin.Evaluation;
using Nin.Training.Batches;
using Nin.Training.Distributed;
using Nin.Training.Networks;
using static TorchSharp.torch;

namespace Nin.Training.Runs;

/// <summary>Runs a network over labelled images as they are, without augmentation.</summary>
internal static class ModelTester
{
    /// <summary>The logits of all images, [N, K] row by row. Every rank runs its share of the images and gets the logits of all.</summary>
    public static float[] Logits(Network network, ImageSet images, PixelPipeline pipeline, int batch, Ranks ranks)
    {
        var classes = network.Plan.Output.Channels;
        var logits = new float[(long)images.Count * classes];
        var (first, count) = ranks.Slice(images.Count);
        var at = first * classes;
        var own = images.Select([.. Enumerable.Range(first, count)]);
        foreach (var prepared in new BatchLoader(own, pipeline, network.Arithmetic, batch).InOrder())
        {
            using var scope = NewDisposeScope();
            using var result = network.Forward(prepared.Images, Pass.Inference).cpu();
            result.data<float>().CopyTo(logits, at);
            at += (int)result.numel();
        }
        ranks.Sum(logits); // The others have left this rank's places at zero.
        return logits;
    }

    public static EvaluationResult Evaluate(Network network, ImageSet images, PixelPipeline pipeline, int batch, Ranks ranks) =>
        Evaluator.Evaluate(Logits(network, images, pipeline, batch, ranks), images.Labels, images.LabelNames);
}
