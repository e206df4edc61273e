using Nin.Recipes;

namespace Nin.Training.Optimizers;

/// <summary>The learning rate as a pure function of the step.</summary>
public static class LearningRate
{
    /// <summary>The rate of a step, relative to the optimizer's full rate.</summary>
    /// <param name="options">The course.</param>
    /// <param name="step">From 0.</param>
    /// <param name="stepsPerEpoch">At least 1.</param>
    /// <param name="epochs">Of the whole run.</param>
    /// <param name="reductions">Plateau: how often the rate was reduced so far.</param>
    public static double At(ScheduleOptions options, long step, int stepsPerEpoch, int epochs, int reductions = 0)
    {
        var total = Math.Max((double)epochs * stepsPerEpoch, 1);
        var warmup = options.WarmupEpochs * stepsPerEpoch;
        if (step < warmup) return (step + 1) / Math.Ceiling(warmup + 1);
        return options.Kind switch
        {
            ScheduleKind.Constant => 1,
            ScheduleKind.Step => Math.Pow(options.Factor, options.Milestones.Count(milestone => step >= (long)milestone * stepsPerEpoch)),
            ScheduleKind.Plateau => Math.Pow(options.Factor, reductions),
            ScheduleKind.Cosine => options.End + (1 - options.End) * (1 + Math.Cos(Math.PI * Math.Min(1, (step - warmup) / Math.Max(total - warmup, 1)))) / 2,
            ScheduleKind.OneCycle => OneCycle(options, Math.Min(1, (step - warmup) / Math.Max(total - warmup, 1))),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Kind, "unknown schedule"),
        };
    }

    private static double OneCycle(ScheduleOptions options, double progress) =>
        progress < options.Rise
            ? options.Start + (1 - options.Start) * progress / options.Rise
            : 1 + (options.End - 1) * (progress - options.Rise) / (1 - options.Rise);
}
