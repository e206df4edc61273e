using System.Runtime.InteropServices;
using Nin.Recipes;
using Nin.Training.Batches;
using Nin.Training.Distributed;
using Nin.Training.Networks;
using Nin.Training.Optimizers;
using static System.FormattableString;
using static TorchSharp.torch;

namespace Nin.Training.Runs;

/// <summary>What every batch goes through: forward, loss, backward, update. Runs and benchmarks take the same steps.</summary>
internal static class TrainingStep
{
    /// <summary>Updates the network by one batch, inside the caller's dispose scope. Ranks that share the batch all end with the same weights, or the same exception.</summary>
    /// <returns>Of the whole batch.</returns>
    /// <exception cref="TrainingException">The loss, the gradient or the updated weights are not finite.</exception>
    public static BatchLoss Take(Network network, Optimizer optimizer, Batch batch, Pass pass, LossOptions options, double rate, Ranks ranks)
    {
        var logits = network.Forward(batch.Images, pass with { FirstImage = batch.First });
        var own = CrossEntropy.Evaluate(logits, batch.Targets, options.LabelSmoothing, batch.Whole);
        network.Backward(own.Gradient);
        var loss = Together(own, logits, ranks);
        if (!double.IsFinite(loss.Loss)) throw Diverged(Invariant($"the loss is {loss.Loss}"), pass.Step, rate);
        ranks.Sum(network.Parameters.Gradient);
        if (!float.IsFinite(network.Parameters.Gradient.sum().item<float>())) throw Diverged("the gradient is not finite", pass.Step, rate);
        optimizer.Step(rate);
        // Seen before a checkpoint could be written of it.
        if (!float.IsFinite(network.Parameters.Master.sum().item<float>())) throw Diverged("the weights are not finite", pass.Step, rate);
        return loss;
    }

    /// <summary>What the parts of all ranks come to.</summary>
    private static BatchLoss Together(BatchLoss own, Tensor logits, Ranks ranks)
    {
        if (ranks.Count == 1) return own;
        double[] sums = [own.Loss, own.Correct, own.Constant ? 0 : 1];
        ranks.Sum(sums);
        return own with { Loss = sums[0], Correct = (int)sums[1], Constant = sums[2] == 0 && AreSame(logits, ranks) };
    }

    /// <summary>Whether the first image of every rank has the same logits; a rank may have none.</summary>
    private static bool AreSame(Tensor logits, Ranks ranks)
    {
        using var onCpu = logits.cpu();
        var first = onCpu.shape[0] == 0 ? "" : Convert.ToHexString(MemoryMarshal.AsBytes(onCpu.data<float>().ToArray().AsSpan(0, (int)onCpu.shape[1])));
        return ranks.Gather(first).Where(row => row.Length > 0).Distinct().Count() == 1;
    }

    private static TrainingException Diverged(string what, long step, double rate) => new(
        Invariant($"{what} at step {step + 1} (learning rate {rate:0.#####})"),
        "the weights have grown without bound: the rate is too high for this network",
        "try --lr a tenth of it, or --set schedule.warmup_epochs=1");
}
