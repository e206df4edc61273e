using Nin.Training.Batches;
using Nin.Training.Compute;
using static TorchSharp.torch;

namespace Nin.Training.Optimizers;

/// <summary>What one batch's logits come to.</summary>
/// <param name="Loss">The sum over images of the cross-entropy against the true class, or with CutMix the two, each by its share, in nats.</param>
/// <param name="Correct">Images whose largest logit is the true class's, that of the larger part.</param>
/// <param name="Constant">Whether every image got exactly the same logits, and there was more than one: the network no longer sees its input.</param>
/// <param name="Gradient">Of what is minimised, the mean of the same with label smoothing, by the logits: [N, K] float32.</param>
public sealed record BatchLoss(double Loss, int Correct, bool Constant, Tensor Gradient);

/// <summary>Softmax and cross-entropy in one, with label smoothing (Szegedy et al., 2015).</summary>
public static class CrossEntropy
{
    /// <summary>Loss and gradient of a batch.</summary>
    /// <param name="logits">[N, K] float32.</param>
    /// <param name="targets">[N], what the images are examples of.</param>
    /// <param name="smoothing">The share of probability spread evenly over all classes, in [0, 1).</param>
    /// <param name="wholeBatch">The images that the gradient is averaged over; N unless several ranks share a batch.</param>
    public static unsafe BatchLoss Evaluate(Tensor logits, ReadOnlySpan<Target> targets, double smoothing, int? wholeBatch = null)
    {
        using var onCpu = logits.cpu().contiguous();
        var (count, classes) = ((int)onCpu.shape[0], (int)onCpu.shape[1]);
        var gradient = empty(count, classes);
        var z = onCpu.Pointer<float>();
        var g = gradient.Pointer<float>();
        var (loss, correct, constant) = (0.0, 0, true);
        var share = 1.0 / (wholeBatch ?? count);
        for (var n = 0; n < count; n++)
        {
            var row = new ReadOnlySpan<float>(z + n * classes, classes);
            constant &= row.SequenceEqual(new ReadOnlySpan<float>(z, classes));
            var best = 0;
            for (var k = 1; k < classes; k++)
            {
                if (row[k] > row[best]) best = k;
            }
            var target = targets[n];
            if (best == target.Largest) correct++;

            var sum = 0.0;
            for (var k = 0; k < classes; k++) sum += Math.Exp(row[k] - (double)row[best]);
            var logSum = row[best] + Math.Log(sum);
            loss += logSum - (1 - target.OtherShare) * row[target.Class] - target.OtherShare * row[target.Other];
            for (var k = 0; k < classes; k++)
            {
                var wanted = smoothing / classes + (1 - smoothing) * target.Share(k);
                g[n * classes + k] = (float)((Math.Exp(row[k] - logSum) - wanted) * share);
            }
        }
        var onDevice = gradient.to(logits.device);
        return new(loss, correct, constant && (wholeBatch ?? count) > 1, onDevice);
    }
}
