using Nin.Recipes;
using Nin.Training.Batches;
using Nin.Training.Networks;
using Nin.Training.Optimizers;

namespace Nin.Training.Runs;

/// <summary>What every batch goes through: forward, loss, backward, update. Runs and benchmarks take the same steps.</summary>
internal static class TrainingStep
{
    /// <summary>Updates the network by one batch, inside the caller's dispose scope.</summary>
    /// <exception cref="TrainingException">The loss, the gradient or the updated weights are not finite.</exception>
    public static BatchLoss Take(Network network, Optimizer optimizer, Batch batch, Pass pass, LossOptions options, double rate)
    {
        var logits = network.Forward(batch.Images, pass);
        var loss = CrossEntropy.Evaluate(logits, batch.Labels, options.LabelSmoothing);
        if (!double.IsFinite(loss.Loss)) throw Diverged($"the loss is {loss.Loss}", pass.Step, rate);
        network.Backward(loss.Gradient);
        if (!float.IsFinite(network.Parameters.Gradient.sum().item<float>())) throw Diverged("the gradient is not finite", pass.Step, rate);
        optimizer.Step(rate);
        // Seen before a checkpoint could be written of it.
        if (!float.IsFinite(network.Parameters.Master.sum().item<float>())) throw Diverged("the weights are not finite", pass.Step, rate);
        return loss;
    }

    private static TrainingException Diverged(string what, long step, double rate) => new(
        $"{what} at step {step + 1} (learning rate {rate:0.#####})",
        "the weights have grown without bound: the rate is too high for this network",
        "try --lr a tenth of it, or --set schedule.warmup_epochs=1; the last checkpoint is from before");
}
