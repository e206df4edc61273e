using Nin.Evaluation;
using Nin.Recipes;
using Nin.Training.Optimizers;

namespace Nin.Training.Runs;

/// <summary>Where a run stands between two steps. With weights, optimizer and statistics it is all that is needed to go on; checkpoints hold it as JSON.</summary>
internal sealed record RunProgress
{
    /// <summary>Epochs finished.</summary>
    public int Epoch { get; init; }

    /// <summary>Steps made in the epoch that is under way.</summary>
    public int StepInEpoch { get; init; }

    /// <summary>Steps made in all.</summary>
    public long Step { get; init; }

    /// <summary>Of training and validation so far.</summary>
    public double Seconds { get; init; }

    /// <summary>Of the epoch under way: training time without validation.</summary>
    public double EpochTrainingSeconds { get; init; }

    /// <summary>Of all training steps.</summary>
    public double TrainingSeconds { get; init; }

    /// <summary>Of <see cref="EpochTrainingSeconds"/>: in communication with other ranks.</summary>
    public double EpochCommunicationSeconds { get; init; }

    /// <summary>Of <see cref="TrainingSeconds"/>: in communication with other ranks.</summary>
    public double CommunicationSeconds { get; init; }

    /// <summary>Images seen in all.</summary>
    public long Images { get; init; }

    /// <summary>Of the epoch under way: images seen.</summary>
    public int EpochImages { get; init; }

    /// <summary>Of the epoch under way: the sum of their losses.</summary>
    public double EpochLoss { get; init; }

    /// <summary>Of the epoch under way: how many were right.</summary>
    public int EpochCorrect { get; init; }

    /// <summary>Steps in a row, up to the last one, whose images all got the same logits: what <see cref="CollapseWatch"/> goes by.</summary>
    public int ConstantSteps { get; init; }

    /// <summary>The highest validation accuracy so far, or without validation the lowest training loss, negated.</summary>
    public double BestScore { get; init; } = double.NegativeInfinity;

    /// <summary>The epoch of the best score, from 1; 0 before the first.</summary>
    public int BestEpoch { get; init; }

    /// <summary>The best epoch's validation accuracy.</summary>
    public double? BestValAccuracy { get; init; }

    /// <summary>The last finished epoch's training accuracy.</summary>
    public double? TrainAccuracy { get; init; }

    /// <summary>What the schedule remembers.</summary>
    public Plateau Plateau { get; init; } = new();

    /// <summary>The seed of weights, shuffling, augmentation and dropout; moved on by a restart after a collapse.</summary>
    public int Seed { get; init; }

    /// <summary>Restarts after a collapse.</summary>
    public int Restarts { get; init; }

    /// <summary>Of the epoch under way: the mean loss of an image.</summary>
    public double EpochMeanLoss => EpochLoss / EpochImages;

    /// <summary>Of the epoch under way: the share that was right.</summary>
    public double EpochAccuracy => EpochCorrect / (double)EpochImages;

    /// <summary>Of the epoch under way: images a second.</summary>
    public double EpochSpeed => EpochImages / Math.Max(EpochTrainingSeconds, 1e-9);

    /// <summary>After one more step.</summary>
    public RunProgress AfterStep(int images, double loss, int correct, bool constant, double seconds, double communicationSeconds) => this with
    {
        StepInEpoch = StepInEpoch + 1,
        Step = Step + 1,
        Seconds = Seconds + seconds,
        EpochTrainingSeconds = EpochTrainingSeconds + seconds,
        TrainingSeconds = TrainingSeconds + seconds,
        EpochCommunicationSeconds = EpochCommunicationSeconds + communicationSeconds,
        CommunicationSeconds = CommunicationSeconds + communicationSeconds,
        Images = Images + images,
        EpochImages = EpochImages + images,
        EpochLoss = EpochLoss + loss,
        EpochCorrect = EpochCorrect + correct,
        ConstantSteps = constant ? ConstantSteps + 1 : images == 1 ? ConstantSteps : 0, // one image says nothing
    };

    /// <summary>At the start of the next epoch.</summary>
    /// <param name="judge">The validation that decides which epoch is best; null leaves that to the training loss.</param>
    /// <param name="schedule">Whether the rate is to fall.</param>
    public RunProgress AfterEpoch(EvaluationResult? judge, ScheduleOptions schedule)
    {
        var score = judge?.Top1 ?? -EpochMeanLoss;
        var next = this with
        {
            Epoch = Epoch + 1,
            StepInEpoch = 0,
            EpochTrainingSeconds = 0,
            EpochCommunicationSeconds = 0,
            EpochImages = 0,
            EpochLoss = 0,
            EpochCorrect = 0,
            TrainAccuracy = EpochAccuracy,
            Plateau = Plateau.After(judge?.Loss ?? EpochMeanLoss, schedule),
        };
        return score > BestScore ? next with { BestScore = score, BestEpoch = next.Epoch, BestValAccuracy = judge?.Top1 } : next;
    }
}
