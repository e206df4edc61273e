namespace Nin.Recipes;

/// <summary>Ranges of options and what they ask of one another. Errors name the flag that people type.</summary>
public static class OptionsCheck
{
    /// <summary>Checks everything that can be checked before the data is seen.</summary>
    /// <exception cref="UsageException">A value is out of range, or two do not go together.</exception>
    public static void Check(TrainingOptions options)
    {
        CheckRun(options);
        CheckOptimizer(options.Optimizer);
        CheckSchedule(options.Schedule, options.Epochs);
        CheckInitialisation(options.Initialisation);
        CheckAugmentation(options.Augmentation);
        CheckNormalisation(options.Normalisation);
        CheckPreprocessing(options.Preprocessing);
        CheckEarly(options.Early, options);
        Require(options.Loss.LabelSmoothing is >= 0 and < 1, "--set loss.label_smoothing", options.Loss.LabelSmoothing, "at least 0 and below 1", "0.1");
    }

    private static void CheckRun(TrainingOptions o)
    {
        Require(o.Name.Length > 0 && o.Name is not ("." or "..") && o.Name.IndexOfAny(['/', '\\', '\0', '\n']) < 0, "--name", o.Name, "a plain folder name", "baseline");
        Require(o.Data.Length > 0, "--data", o.Data, "a data set or a folder", "fashion-mnist");
        Require(o.Network.Length > 0, "--set network", o.Network, "a network or a JSON file", "nin-fast");
        Require(o.ImageSize is null or (>= 1 and <= 4096), "--image-size", o.ImageSize, "1 to 4096 pixels", "28");
        Require(o.ValDir is null or { Length: > 0 }, "--val-dir", o.ValDir, "the name of a folder", "val");
        Require(o.Epochs >= 1, "--epochs", o.Epochs, "at least 1", "10");
        Require(o.Batch >= 1, "--batch", o.Batch, "at least 1", "128");
        Require(o.Validation is >= 0 and < 1, "--val", o.Validation, "at least 0 and below 1", "0.1");
        Require(!o.WatchTest || o.Validation == 0, "--set watch_test", "true", "left out where --val holds images out, which are looked at after every epoch instead", "true --val 0");
        Require(o.Fraction is > 0 and <= 1, "--fraction", o.Fraction, "above 0 and at most 1", "0.1");
        Require(o.TimeMinutes is null || IsPositive(o.TimeMinutes.Value), "--time", o.TimeMinutes, "a number of minutes above 0", "30");
        Require(o.Patience is null or >= 1, "--patience", o.Patience, "at least 1", "5");
        Require(o.Patience is null || o.Validation > 0, "--patience", o.Patience, "left out where --val is 0, for there is no validation accuracy to wait for", "5 --val 0.1");
        Require(IsAtLeast0(o.CheckpointMinutes), "--checkpoint-every", o.CheckpointMinutes, "a number of minutes, at least 0 (after every step)", "5");
        Require(o.Threads is >= 0 and <= 1024, "--threads", o.Threads, "0 (every core) to 1024", "0");
        Require(IsDevice(o.Device), "--device", o.Device, "auto, cpu, cuda, cuda:N or mps", "auto");
    }

    private static void CheckOptimizer(OptimizerOptions o)
    {
        Require(IsPositive(o.LearningRate), "--lr", o.LearningRate, "a number above 0", "0.05");
        Require(o.Average is >= 0 and < 1, "--set optimizer.average", o.Average, "at least 0 and below 1", "0.998");
        Require(o.Momentum is >= 0 and < 1, "--momentum", o.Momentum, "at least 0 and below 1", "0.9");
        Require(o.Kind is not (OptimizerKind.Sgd or OptimizerKind.Muon) || !o.Nesterov || o.Momentum > 0, "--momentum", o.Momentum, "above 0 where optimizer.nesterov is true", "0.9");
        Require(IsAtLeast0(o.WeightDecay), "--weight-decay", o.WeightDecay, "a number of at least 0", "0.0001");
        Require(IsPositive(o.BiasRate), "--set optimizer.bias_rate", o.BiasRate, "a number above 0", "1");
        Require(IsPositive(o.LastLayerRate), "--set optimizer.last_layer_rate", o.LastLayerRate, "a number above 0", "1");
        Require(IsAtLeast0(o.FirstLayerRate), "--set optimizer.first_layer_rate", o.FirstLayerRate, "a number of at least 0", "0");
        Require(o.Beta1 is >= 0 and < 1, "--set optimizer.beta1", o.Beta1, "at least 0 and below 1", "0.9");
        Require(o.Beta2 is >= 0 and < 1, "--set optimizer.beta2", o.Beta2, "at least 0 and below 1", "0.999");
        Require(IsPositive(o.Epsilon), "--set optimizer.epsilon", o.Epsilon, "a number above 0", "1e-8");
    }

    private static void CheckSchedule(ScheduleOptions s, int epochs)
    {
        Require(s.WarmupEpochs >= 0 && s.WarmupEpochs <= epochs, "--set schedule.warmup_epochs", s.WarmupEpochs, $"at least 0 and at most --epochs, {epochs}", "1");
        var milestones = s.Milestones.IsDefault ? [] : s.Milestones;
        Require(milestones.All(epoch => epoch >= 1) && milestones.Zip(milestones.Skip(1)).All(pair => pair.First < pair.Second),
            "--set schedule.milestones", $"[{string.Join(",", milestones)}]", "rising epochs from 1", "[5,8]");
        Require(s.Kind != ScheduleKind.Step || milestones.Length > 0, "--schedule", "step",
            "given with schedule.milestones, the epochs after which the rate falls", "step --set schedule.milestones=[5,8]");
        Require(s.Factor is > 0 and < 1, "--set schedule.factor", s.Factor, "above 0 and below 1", "0.1");
        Require(s.Patience >= 0, "--set schedule.patience", s.Patience, "at least 0", "10");
        Require(s.MaxReduce >= 0, "--set schedule.max_reduce", s.MaxReduce, "at least 0", "3");
        Require(s.MinDelta is >= 0 and < 1, "--set schedule.min_delta", s.MinDelta, "at least 0 and below 1", "0.0001");
        Require(s.Cooldown >= 0, "--set schedule.cooldown", s.Cooldown, "at least 0", "0");
        Require(s.Rise is >= 0 and <= 1, "--set schedule.rise", s.Rise, "0 to 1", "0.25");
        Require(s.Start is >= 0 and <= 1, "--set schedule.start", s.Start, "0 to 1", "0.2");
        Require(s.End is >= 0 and <= 1, "--set schedule.end", s.End, "0 to 1", "0");
    }

    private static void CheckInitialisation(InitialisationOptions o)
    {
        Require(IsPositive(o.StandardDeviation), "--set initialisation.standard_deviation", o.StandardDeviation, "a number above 0", "0.05");
        Require(o.FirstDeviations.All(IsPositive), "--set initialisation.first_deviations", $"[{string.Join(",", o.FirstDeviations)}]", "numbers above 0", "[0.001,0.01]");
        Require(double.IsFinite(o.LastLayerBias), "--set initialisation.last_layer_bias", o.LastLayerBias, "a number", "1");
        Require(IsPositive(o.LastLayerScale), "--set initialisation.last_layer_scale", o.LastLayerScale, "a number above 0", "0.1");
    }

    private static void CheckAugmentation(AugmentationOptions o)
    {
        Require(o.Shift is >= 0 and <= 4096, "--set augmentation.shift", o.Shift, "0 to 4096 pixels", "2");
        Require(o.Crop is > 0 and <= 1, "--set augmentation.crop", o.Crop, "above 0 and at most 1", "0.8");
        Require(o.Cutout is >= 0 and <= 4096, "--set augmentation.cutout", o.Cutout, "0 to 4096 pixels", "8");
        Require(o.Cutmix is >= 0 and <= 1, "--set augmentation.cutmix", o.Cutmix, "0 to 1", "0.5");
    }

    private static void CheckNormalisation(NormalisationOptions o)
    {
        var (mean, deviation) = (o.Mean.IsDefault ? [] : o.Mean, o.StandardDeviation.IsDefault ? [] : o.StandardDeviation);
        Require(mean.All(double.IsFinite), "--set normalisation.mean", $"[{string.Join(",", mean)}]", "numbers", "[0.286]");
        Require(deviation.All(IsPositive), "--set normalisation.standard_deviation", $"[{string.Join(",", deviation)}]", "numbers above 0", "[0.353]");
        Require(o.Kind != NormalisationKind.Fixed || (mean.Length > 0 && mean.Length == deviation.Length), "--set normalisation.kind", "fixed",
            $"given with a mean and a standard deviation a channel (there are {mean.Length} and {deviation.Length})",
            "fixed --set normalisation.mean=[0.286] --set normalisation.standard_deviation=[0.353]");
    }

    private static void CheckPreprocessing(PreprocessingOptions o)
    {
        Require(IsPositive(o.Scale), "--set preprocessing.scale", o.Scale, "a number above 0", "55");
        Require(IsAtLeast0(o.ZcaBias), "--set preprocessing.zca_bias", o.ZcaBias, "a number of at least 0", "0.1");
        Require(o.ZcaKeep is > 0 and <= 1, "--set preprocessing.zca_keep", o.ZcaKeep, "above 0 and at most 1", "0.99");
        Require(o.Window is >= 3 and <= 99 && o.Window % 2 == 1, "--set preprocessing.window", o.Window, "odd, 3 to 99 pixels", "9");
    }

    private static void CheckEarly(EarlyOptions o, TrainingOptions options)
    {
        Require(o.Share is >= 0 and <= 1, "--set early.share", o.Share, "0 to 1", "0.5");
        Require(o.ImageSize is >= 1 and <= 4096, "--set early.image_size", o.ImageSize, "1 to 4096 pixels", "24");
        Require(o.Share == 0 || options.Preprocessing.Kind == PreprocessingKind.None, "--set early.share", o.Share, "0 where whole images are preprocessed, for that is measured at one size", "0");
    }

    private static bool IsPositive(double value) => value > 0 && double.IsFinite(value);

    private static bool IsAtLeast0(double value) => value >= 0 && double.IsFinite(value);

    private static bool IsDevice(string device) =>
        device is "auto" or "cpu" or "cuda" or "mps"
        || (device.StartsWith("cuda:", StringComparison.Ordinal) && ushort.TryParse(device.AsSpan(5), System.Globalization.NumberStyles.None, null, out _));

    private static void Require(bool holds, string flag, object? value, string expected, string example)
    {
        if (holds) return;
        var assign = flag.StartsWith("--set", StringComparison.Ordinal) ? '=' : ' ';
        throw new UsageException($"{flag}{assign}{value} is out of range", $"it must be {expected}", $"use for example {flag}{assign}{example}");
    }
}
