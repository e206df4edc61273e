using Nin.Evaluation;
using Nin.Recipes;
using Nin.Runs;
using Nin.Training.Distributed;
using static System.FormattableString;

namespace Nin.Training.Runs;

/// <summary>What a run tells of itself, drawn up from where it stands.</summary>
internal static class RunEvents
{
    public static RunStarted Started(RunDirectory directory, RunPlan plan) => new()
    {
        RunDir = directory.Path,
        Settings = RunBanner.Of(plan),
        TrainImages = plan.Train.Count,
        ValImages = plan.ValidationImages,
        TestImages = plan.Test?.Count ?? 0,
        Parameters = plan.Model.Architecture.Plan().Parameters,
        StepsPerEpoch = plan.StepsPerEpoch,
        Epochs = plan.Options.Epochs,
    };

    /// <param name="plan">Which epochs cost what.</param>
    /// <param name="progress">Where the run stands.</param>
    /// <param name="measured">Images a second.</param>
    public static RunEstimated Estimated(RunPlan plan, RunProgress progress, double measured) =>
        new(plan.WorkAfter(progress.Step) * plan.Options.Batch / measured / plan.WorkOf(progress.Epoch), measured);

    public static StepEnded Step(RunPlan plan, RunProgress progress, double rate) =>
        new(progress.Epoch + 1, progress.Step, progress.StepInEpoch, progress.EpochMeanLoss, progress.EpochAccuracy, rate, progress.EpochSpeed, 1 - plan.WorkAfter(progress.Step) / plan.WorkAfter(0));

    /// <param name="finished">After the epoch's last step.</param>
    /// <param name="next">After its validation.</param>
    /// <param name="validation">What that came to, where there was one.</param>
    /// <param name="rate">Of the last step.</param>
    /// <param name="learner">As it is now.</param>
    /// <param name="ranks">All have to call.</param>
    public static EpochEnded Epoch(RunProgress finished, RunProgress next, EvaluationResult? validation, double rate, Learner learner, Ranks ranks) => new()
    {
        Epoch = next.Epoch,
        Step = next.Step,
        Seconds = next.Seconds,
        TrainLoss = finished.EpochMeanLoss,
        TrainAccuracy = finished.EpochAccuracy,
        ValLoss = validation?.Loss,
        ValAccuracy = validation?.Top1,
        LearningRate = rate,
        ImagesPerSecond = finished.EpochSpeed,
        PeakMemoryMb = ProcessMemory.PeakMb,
        CommunicationShare = Share(ranks, finished.EpochCommunicationSeconds, finished.EpochTrainingSeconds),
        DeadMaps = learner.Network.CountDeadMaps(ranks),
        IsBest = next.BestEpoch == next.Epoch,
    };

    /// <summary>What a plateau schedule has decided after an epoch, if anything.</summary>
    public static IEnumerable<RunNoticed> Plateau(RunProgress finished, RunProgress next, TrainingOptions options)
    {
        if (options.Schedule.Kind != ScheduleKind.Plateau) yield break;
        if (next.Plateau.Converged)
            yield return new($"converged: the loss stopped falling after {options.Schedule.MaxReduce} reductions of the rate");
        if (next.Plateau.Reductions > finished.Plateau.Reductions)
            yield return new(Invariant($"the loss stopped falling: the rate is now {options.Optimizer.LearningRate * Math.Pow(options.Schedule.Factor, next.Plateau.Reductions):0.######}"));
    }

    public static RunEnded Ended(RunDirectory directory, RunPlan plan, RunProgress progress, string reason, EvaluationResult? test) => new()
    {
        RunDir = directory.Path,
        Epochs = progress.Epoch,
        Steps = progress.Step,
        Seconds = progress.Seconds,
        TrainAccuracy = progress.TrainAccuracy,
        ValAccuracy = progress.BestValAccuracy,
        TestAccuracy = test?.Top1,
        TestAccuracyFlips = test?.Top1Flips,
        TestLoss = test?.Loss,
        Parameters = plan.Model.Architecture.Plan().Parameters,
        ImagesPerSecond = progress.TrainingSeconds > 0 ? progress.Images / progress.TrainingSeconds : 0,
        Ranks = plan.Ranks.Count,
        CommunicationShare = Share(plan.Ranks, progress.CommunicationSeconds, progress.TrainingSeconds),
        StoppedBecause = reason,
        Network = plan.Model.Architecture.Name,
        Data = plan.Model.Dataset,
        Seed = progress.Seed,
    };

    private static double? Share(Ranks ranks, double communicating, double training) =>
        ranks.Count > 1 && training > 0 ? communicating / training : null;
}
