using Nin.Training.Distributed;
using Nin.Training.Networks;
using static System.FormattableString;

namespace Nin.Training.Runs;

/// <summary>
/// Notices a network that no longer sees its input: every image of every batch gets exactly the same logits. Once all class maps (or a whole layer
/// before them) are dead, the gradient is zero and stays so: the loss rests at ln K.
/// </summary>
internal static class CollapseWatch
{
    /// <summary>Steps in a row that prove it; dropout or an odd batch can fake fewer.</summary>
    public const int Patience = 20;

    /// <summary>Why nothing moves any more, and what to try.</summary>
    public static CollapseException Diagnose(Network network, long step, double learningRate, Ranks ranks)
    {
        var classes = network.Plan.Output.Channels;
        var dead = network.CountDeadMaps(ranks);
        var why = dead == classes
            ? Invariant($"all {classes} class maps are zero for every image since step {step - Patience}: the logits are 0, the loss is ln {classes} = {Math.Log(classes):0.0000} and the gradient is exactly 0, for good (the last ReLU is an absorbing state)")
            : $"every image has had the same logits since step {step - Patience}: a layer{(network.Plan.ClassMaps is null ? "" : " before the class maps")} is dead{(dead == 0 ? "" : $" ({dead} of {classes} maps too)")}, so that no gradient reaches the weights before it";
        return new CollapseException(Invariant($"the network collapsed at step {step} (learning rate {learningRate:0.#####})"), why,
            "--set initialisation.kind=he or xavier, a lower --lr or --set schedule.warmup_epochs=1, a network with batch normalisation or without the last ReLU; or --on-collapse restart");
    }
}
