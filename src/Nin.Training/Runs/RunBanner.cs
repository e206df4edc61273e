using Nin.Architectures;
using Nin.Recipes;
using Nin.Runs;
using Nin.Training.Compute;
using static System.FormattableString;

namespace Nin.Training.Runs;

/// <summary>Every effective parameter of a run, in the order in which people ask.</summary>
internal static class RunBanner
{
    public static IReadOnlyList<Setting> Of(RunPlan plan)
    {
        var (options, model) = (plan.Options, plan.Model);
        var network = model.Architecture.Plan();
        return
        [
            new("data", Invariant($"{model.Dataset}: {plan.Train.Count:N0} to train on, {plan.ValidationImages:N0} held out, {plan.Test?.Count ?? 0:N0} to test on{(options.WatchTest ? " after every epoch" : "")}; {model.NumClasses} classes")),
            new("images", $"{plan.Train.Shape}{(plan.Train.Shape == model.InputSize ? "" : $", resized to {model.InputSize}")}; {Normalisation(options.Normalisation)}{Preprocessing(plan)}"),
            new("network", Invariant($"{model.Architecture.Name}: {network.Parameters:N0} parameters, {network.Macs / 1e6:0.#} M MACs an image")),
            new("weights", Initialisation(options.Initialisation)),
            new("optimizer", Optimizer(options.Optimizer)),
            new("schedule", Schedule(options)),
            new("loss", options.Loss.LabelSmoothing > 0 ? Invariant($"cross-entropy, label smoothing {options.Loss.LabelSmoothing}") : "cross-entropy"),
            new("augmentation", Augmentation(options.Augmentation)),
            new("run", $"{Counted.Of(options.Epochs, "epoch")} of {Counted.Of(plan.StepsPerEpoch, "step")} of {Counted.Of(options.Batch, "image")}{(plan.EarlyEpochs > 0 ? $", the first {plan.EarlyEpochs} at {options.Early.ImageSize}x{options.Early.ImageSize} pixels" : "")}; seed {options.Seed}{(options.TimeMinutes is { } minutes ? $"; at most {Counted.Of(minutes, "minute")}" : "")}{(options.Patience is { } patience ? $"; patience {patience}" : "")}{(options.OnCollapse == CollapseAction.Restart ? "; a collapse restarts it" : "")}"),
            new("computes on", $"{plan.Arithmetic}, {Counted.Of(Cores.Count, "thread")}{(plan.Ranks.Count > 1 ? " a rank" : "")}"),
            .. plan.Ranks.Count > 1 ? [new Setting("ranks", Distribution(plan))] : Array.Empty<Setting>(),
        ];
    }

    private static string Distribution(RunPlan plan)
    {
        var ranks = plan.Ranks;
        var machines = ranks.Hosts.CountBy(host => host).Select(machine => $"{machine.Key} ({machine.Value})");
        var hasNorms = plan.Model.Architecture.Plan().Steps.Any(step => step.Operation is BatchNormOperation);
        return Invariant($"{ranks.Count} on {string.Join(", ", machines)}, {(double)plan.Options.Batch / ranks.Count:0.#} images of a batch each")
            + (!hasNorms ? "" : plan.Options.SyncBatchNorm ? "; batch normalisation over all" : "; batch normalisation over each rank's own");
    }

    private static string Normalisation(NormalisationOptions options) => options.Kind switch
    {
        NormalisationKind.Data => "mean and deviation from the training images",
        NormalisationKind.Fixed => $"mean {Listed(options.Mean)}, deviation {Listed(options.StandardDeviation)}",
        _ => "scaled to 0..1",
    };

    private static string Listed(IEnumerable<double> numbers) => string.Join(", ", numbers.Select(number => Invariant($"{number}")));

    private static string Preprocessing(RunPlan plan) => plan.Options.Preprocessing switch
    {
        { Kind: PreprocessingKind.Gcn } gcn => Invariant($"; global contrast normalisation to length {gcn.Scale}"),
        { Kind: PreprocessingKind.GcnZca } zca => Invariant($"; global contrast normalisation to length {zca.Scale}, ZCA whitening of {plan.Whitening!.Kept:N0} of {plan.Whitening.Values:N0} directions, bias {zca.ZcaBias}"),
        { Kind: PreprocessingKind.Lcn } lcn => $"; local contrast normalisation in {lcn.Window}x{lcn.Window} windows",
        _ => "",
    };

    private static string Initialisation(InitialisationOptions options) =>
        options.Kind switch
        {
            InitialisationKind.Gaussian => $"normal, deviation {Listed(options.FirstDeviations.Append(options.StandardDeviation))}",
            InitialisationKind.Default => "the framework's default, uniform +-1/sqrt(fan-in)",
            _ => options.Kind.ToString(),
        }
        + (options.FirstLayer == FirstLayerKind.Whitening ? "; first filters whiten patches of the training images" : "")
        + (options.LastLayerScale == 1 ? "" : Invariant($", last layer x{options.LastLayerScale}"))
        + (options.LastLayerBias == 0 || options.Kind == InitialisationKind.Default ? "" : Invariant($", last layer's biases {options.LastLayerBias}"));

    private static string Optimizer(OptimizerOptions options) =>
        (options.Kind is OptimizerKind.Sgd or OptimizerKind.Muon
            ? Invariant($"{(options.Kind == OptimizerKind.Sgd ? "SGD" : "Muon")}, momentum {options.Momentum}{(options.Nesterov ? " (Nesterov)" : "")}")
            : Invariant($"{options.Kind}, betas {options.Beta1}, {options.Beta2}"))
        + Invariant($", weight decay {options.WeightDecay}{(options.WeightDecay == 0 ? "" : Decayed(options))}")
        + (options.BiasRate == 1 ? "" : Invariant($", biases x{options.BiasRate}"))
        + (options.FirstLayerRate == 1 ? "" : options.FirstLayerRate == 0 ? ", first layer fixed" : Invariant($", first layer x{options.FirstLayerRate}"))
        + (options.LastLayerRate == 1 ? "" : Invariant($", last layer x{options.LastLayerRate}"))
        + (options.Average == 0 ? "" : Invariant($"; average of the weights, {options.Average} left a step"));

    private static string Decayed(OptimizerOptions options) => (options.Kind == OptimizerKind.Muon, options.DecayBiases) switch
    {
        (true, true) => " (last layer, biases and normalisations)",
        (true, false) => " (last layer)",
        (false, true) => "",
        (false, false) => " (not on biases)",
    };

    private static string Schedule(TrainingOptions options)
    {
        var schedule = options.Schedule;
        var warmup = schedule.WarmupEpochs > 0 ? $"warm-up over {Counted.Of(schedule.WarmupEpochs, "epoch")}, then " : "";
        var rate = options.Optimizer.LearningRate;
        return warmup + schedule.Kind switch
        {
            ScheduleKind.Step => Invariant($"rate {rate}, x{schedule.Factor} after epochs {string.Join(", ", schedule.Milestones)}"),
            ScheduleKind.Plateau => Invariant($"rate {rate}, x{schedule.Factor} after {Counted.Of(schedule.Patience, "epoch")} without a lower loss, at most {schedule.MaxReduce} times{(schedule.Cooldown > 0 ? $", with {Counted.Of(schedule.Cooldown, "epoch")} of rest after each" : "")}"),
            ScheduleKind.Cosine => Invariant($"cosine from rate {rate} to {rate * schedule.End:0.######}"),
            ScheduleKind.OneCycle => Invariant($"one cycle, rate {rate * schedule.Start:0.######} to {rate} to {rate * schedule.End:0.######}, rising for {schedule.Rise:0%} of the steps"),
            _ => Invariant($"rate {rate}"),
        };
    }

    private static string Augmentation(AugmentationOptions options)
    {
        List<string> parts = [];
        if (options.Flip != FlipKind.None) parts.Add($"{options.Flip.ToString().ToLowerInvariant()} flips");
        if (options.Shift > 0) parts.Add($"shifts of up to {options.Shift} pixels ({options.Border.ToString().ToLowerInvariant()} border)");
        if (options.Crop < 1) parts.Add(Invariant($"random crops from {options.Crop:0.##} of the area"));
        if (options.Cutout > 0) parts.Add($"cutout {options.Cutout}x{options.Cutout}");
        if (options.Cutmix > 0) parts.Add(Invariant($"CutMix in {options.Cutmix:0.##%}"));
        return parts.Count == 0 ? "none" : string.Join(", ", parts);
    }
}
