using System.Collections.Immutable;
using Nin.Data;
using Nin.Recipes;
using Nin.Runs;
using Nin.Training.Batches;
using Nin.Training.Compute;
using Nin.Training.Distributed;
using Nin.Training.Networks;
using Nin.Training.Optimizers;
using Nin.Training.Runs;
using static TorchSharp.torch;

namespace Nin.Training;

/// <summary>Trains a fresh network for a few steps while the learning rate rises, to see which rates it bears.</summary>
public static class LearningRateFinder
{
    private const double Lowest = 1e-5, Highest = 10;

    /// <summary>The share of the old mean in the new one.</summary>
    private const double Smoothing = 0.9;

    /// <summary>The loss has grown beyond bounds once its mean is this many times the lowest.</summary>
    private const double Divergence = 3;

    /// <summary>Searches.</summary>
    /// <param name="options">Network, optimizer, batch, augmentation; rate and schedule do not matter.</param>
    /// <param name="data">On what.</param>
    /// <param name="steps">From the lowest rate, 0.00001, to the highest, 10.</param>
    /// <param name="report">Hears of the progress.</param>
    /// <exception cref="NinException">Options and data do not fit together.</exception>
    public static LearningRateSearch Search(TrainingOptions options, DataSet data, int steps, Action<LearningRatePoint> report)
    {
        Cores.Use(options.Threads);
        using var scope = NewDisposeScope();
        var plan = RunPlan.Make(options, data);
        using var preprocessor = plan.Preprocessor;
        using var network = plan.NewNetwork(options.Seed);
        using var optimizer = new Optimizer(network.Parameters, options.Optimizer);

        var loader = new BatchLoader(plan.Train, plan.TrainingPipeline(plan.EarlyEpochs), plan.Arithmetic, options.Batch);
        var points = ImmutableArray.CreateBuilder<LearningRatePoint>();
        var (mean, lowest, diverged) = (0.0, double.PositiveInfinity, false);
        foreach (var batch in loader.Endless(options.Augmentation, options.Seed).Take(steps))
        {
            using var inner = NewDisposeScope();
            var rate = Lowest * Math.Pow(Highest / Lowest, points.Count / (steps - 1.0));
            if (Step(network, optimizer, batch, points.Count, plan, rate) is not { } sum)
            {
                diverged = true;
                break;
            }
            var loss = sum / batch.Targets.Length;
            mean = Smoothing * mean + (1 - Smoothing) * loss;
            var point = new LearningRatePoint(rate, loss, mean / (1 - Math.Pow(Smoothing, points.Count + 1)));
            lowest = Math.Min(lowest, point.Smoothed);
            diverged = point.Smoothed > Divergence * lowest;
            if (diverged) break;
            points.Add(point);
            report(point);
        }
        return new(points.ToImmutable(), LearningRateSearch.Suggest(points), diverged);
    }

    /// <summary>The losses of a step's images, added up; null where it is no longer finite.</summary>
    private static double? Step(Network network, Optimizer optimizer, Batch batch, int step, RunPlan plan, double rate)
    {
        try
        {
            return TrainingStep.Take(network, optimizer, batch, new Pass(Training: true, plan.Options.Seed, step), plan.Options.Loss, rate, Ranks.Alone).Loss;
        }
        catch (TrainingException)
        {
            return null;
        }
    }
}
