using Nin.Data;
using Nin.Evaluation;
using Nin.Training.Batches;
using Nin.Training.Distributed;
using Nin.Training.Networks;
using static TorchSharp.torch;

namespace Nin.Training.Runs;

/// <summary>Runs a network over labelled images, without augmentation.</summary>
internal static class ModelTester
{
    /// <summary>Loss, accuracy and all the rest of images as they are.</summary>
    public static EvaluationResult Evaluate(Network network, ImageSet images, PixelPipeline pipeline, int batch, Ranks ranks) =>
        Evaluator.Evaluate(Logits(network, images, pipeline, batch, ranks), images.Labels, images.LabelNames);

    /// <summary>The same, and beside it top-1 by the sum of the logits of every image and of its mirror image.</summary>
    public static EvaluationResult EvaluateWithFlips(Network network, ImageSet images, PixelPipeline pipeline, int batch, Ranks ranks)
    {
        var logits = Logits(network, images, pipeline, batch, ranks);
        var plain = Evaluator.Evaluate(logits, images.Labels, images.LabelNames);
        var mirrored = Logits(network, images, ranks, own => new BatchLoader(own, pipeline, network.Arithmetic, batch).Mirrored());
        for (var i = 0; i < logits.Length; i++) logits[i] += mirrored[i];
        return plain with { Top1Flips = Evaluator.Evaluate(logits, images.Labels, images.LabelNames).Top1 };
    }

    /// <summary>The logits of all images as they are, [N, K] row by row. Every rank runs its share of the images and gets the logits of all.</summary>
    public static float[] Logits(Network network, ImageSet images, PixelPipeline pipeline, int batch, Ranks ranks) =>
        Logits(network, images, ranks, own => new BatchLoader(own, pipeline, network.Arithmetic, batch).InOrder());

    private static float[] Logits(Network network, ImageSet images, Ranks ranks, Func<ImageSet, IEnumerable<Batch>> batches)
    {
        var classes = network.Plan.Output.Channels;
        var logits = new float[(long)images.Count * classes];
        var (first, count) = ranks.Slice(images.Count);
        var at = first * classes;
        foreach (var prepared in batches(ranks.Count == 1 ? images : images.Select([.. Enumerable.Range(first, count)])))
        {
            using var scope = NewDisposeScope();
            using var result = network.Forward(prepared.Images, Pass.Inference).cpu();
            result.data<float>().CopyTo(logits, at);
            at += (int)result.numel();
        }
        ranks.Sum(logits); // The others have left this rank's places at zero.
        return logits;
    }
}
