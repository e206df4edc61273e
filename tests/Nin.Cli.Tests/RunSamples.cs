using Nin.Runs;

namespace Nin.Cli.Tests;

/// <summary>A short run, event by event.</summary>
internal static class RunSamples
{
    public static RunStarted Started { get; } = new()
    {
        RunDir = "runs/train/fashion-mnist",
        Settings = [new("network", "nin-fast"), new("learning rate", "0.4, one-cycle"), new("precision", "bf16 (auto: this processor computes with it)")],
        TrainImages = 54000,
        ValImages = 6000,
        TestImages = 10000,
        Parameters = 121994,
        StepsPerEpoch = 100,
        Epochs = 2,
    };

    public static RunEnded Ended { get; } = new()
    {
        RunDir = "runs/train/fashion-mnist",
        Epochs = 2,
        Steps = 200,
        Seconds = 41.6,
        TrainAccuracy = 0.9312,
        ValAccuracy = 0.9241,
        TestAccuracy = 0.9205,
        TestLoss = 0.2219,
        Parameters = 121994,
        ImagesPerSecond = 21034.4,
        StoppedBecause = "epochs",
    };

    /// <summary>Two epochs of 100 steps, 200 ms each; every tenth step is told.</summary>
    public static IEnumerable<(double Seconds, RunEvent Event)> Events()
    {
        yield return (0, Started);
        yield return (0.5, new RunEstimated(41.2, 21034.4));
        for (var step = 1; step <= 200; step++)
        {
            var epoch = (step + 99) / 100;
            yield return (0.2, new StepEnded(epoch, step, (step - 1) % 100 + 1, 2.3 / (1 + step / 20.0), 0.9 - 0.8 / step, 0.4 - step / 600.0, 21034.4, step / 200.0));
            if (step == 150) yield return (0, new RunNoticed("the learning rate falls to 0.15: validation no longer improves"));
            if (step % 100 == 0) yield return (0.5, EpochOf(epoch));
        }
        yield return (0, Ended);
    }

    public static EpochEnded EpochOf(int epoch) => new()
    {
        Epoch = epoch,
        Step = epoch * 100,
        Seconds = 20.8 * epoch,
        TrainLoss = 0.6123 / epoch,
        TrainAccuracy = 0.7812 + 0.15 * (epoch - 1),
        ValLoss = epoch == 1 ? 0.4012 : 0.2219,
        ValAccuracy = epoch == 1 ? 0.8531 : 0.9241,
        LearningRate = 0.4 / epoch,
        ImagesPerSecond = 21034.4,
        PeakMemoryMb = 812,
        DeadMaps = epoch == 2 ? 3 : 0,
        IsBest = epoch == 2,
    };
}
