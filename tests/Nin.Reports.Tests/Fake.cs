using System.Collections.Immutable;
using Nin.Evaluation;
using Nin.Runs;

namespace Nin.Reports.Tests;

/// <summary>Results as a real run gives them.</summary>
internal static class Fake
{
    public static ImmutableArray<string> FashionLabels { get; } =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    public static IReadOnlyList<EpochEnded> Epochs(int count, bool validation = true, double rate = 0.12)
    {
        var random = new Random(7);
        var best = 0.0;
        return [.. Enumerable.Range(1, count).Select(Epoch)];

        EpochEnded Epoch(int number)
        {
            var progress = 10.0 * number / Math.Max(count, 10);
            double Noise() => random.NextDouble() * 0.02 - 0.01;
            var train = 0.10 + 0.75 * Math.Exp(-progress / 2.2) + Noise() / 2;
            var val = 0.21 + 0.5 * Math.Exp(-progress / 1.6) + 0.004 * progress + Noise();
            var accuracy = 0.93 - 0.25 * Math.Exp(-progress / 1.8) + Noise() / 2;
            var isBest = accuracy > best;
            best = Math.Max(best, accuracy);
            return new()
            {
                Epoch = number,
                Step = number * 422L,
                Seconds = number * 8.3,
                TrainLoss = train,
                TrainAccuracy = 0.975 - 0.3 * Math.Exp(-progress / 2.2),
                ValLoss = validation ? val : null,
                ValAccuracy = validation ? accuracy : null,
                IsBest = isBest && validation,
                LearningRate = rate * (number < count * 0.25 ? 0.2 + 3.2 * number / count : 1.33 * (1 - (number - 1.0) / count)),
                ImagesPerSecond = 6512,
                PeakMemoryMb = 812,
                DeadMaps = 0,
            };
        }
    }

    /// <summary>A test of K classes with 1000 images each, of which neighbours are mixed up.</summary>
    public static EvaluationResult Evaluation(ImmutableArray<string> labels, int imagesPerClass = 1000)
    {
        var random = new Random(3);
        var classes = labels.Length;
        var confusion = Enumerable.Range(0, classes).Select(_ => new int[classes]).ToArray();
        for (var truth = 0; truth < classes; truth++)
            for (var image = 0; image < imagesPerClass; image++)
                confusion[truth][Guess(truth)]++;
        int Guess(int truth) => random.NextDouble() switch
        {
            < 0.88 => truth,
            < 0.95 => (truth + 2) % classes,
            < 0.98 => (truth * 7 + 4) % classes,
            var other => (int)(other * 7919) % classes,
        };

        var right = Enumerable.Range(0, classes).Sum(i => confusion[i][i]);
        var images = classes * imagesPerClass;
        var top1 = (double)right / images;
        return new()
        {
            Images = images,
            Loss = 0.2345,
            Top1 = top1,
            Top5 = 0.998,
            CalibrationError = 0.021,
            Top1Low = top1 - 0.005,
            Top1High = top1 + 0.005,
            Confusion = [.. confusion.Select(row => row.ToImmutableArray())],
            PerClass = [.. labels.Select((label, i) => ClassOf(label, i))],
        };

        ClassResult ClassOf(string label, int i)
        {
            var called = confusion.Sum(row => row[i]);
            var precision = called == 0 ? 0 : (double)confusion[i][i] / called;
            var recall = (double)confusion[i][i] / imagesPerClass;
            return new(label, imagesPerClass, precision, recall, precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall));
        }
    }

    /// <summary>A finished run.</summary>
    public static ReportContent Report(int epochs = 18, bool validation = true) => new()
    {
        Name = "fashion-mnist",
        Epochs = Epochs(epochs, validation),
        Test = Evaluation(FashionLabels),
        Architecture = Nin.Architectures.Catalogue.Find("nin-fast").Build(),
        Environment = [new("processor", "AMD EPYC 9R14, 2 cores, avx512_bf16"), new("system", "Debian GNU/Linux 12"), new("nin", "0.1.0"), new("libtorch", "2.10.0")],
        Started = new()
        {
            RunDir = "runs/train/fashion-mnist",
            TrainImages = 54000,
            ValImages = 6000,
            TestImages = 10000,
            Parameters = 121_994,
            StepsPerEpoch = 422,
            Epochs = epochs,
            Settings =
            [
                new("data", "fashion-mnist: 54,000 to train, 6,000 to validate, 10,000 to test"), new("network", "nin-fast"), new("epochs", $"{epochs}"), new("batch", "128"),
                new("optimizer", "SGD, momentum 0.9, Nesterov"), new("learning rate", "0.4, one-cycle"), new("precision", "bf16 (chosen: the processor has it)"), new("seed", "0"),
            ],
        },
        Ended = new()
        {
            RunDir = "runs/train/fashion-mnist",
            Epochs = epochs,
            Steps = epochs * 422,
            Seconds = 151.3,
            TrainAccuracy = 0.9721,
            ValAccuracy = validation ? 0.933 : null,
            TestAccuracy = 0.931,
            TestLoss = 0.21,
            Parameters = 121_994,
            ImagesPerSecond = 6512,
            StoppedBecause = "epochs",
            Network = "nin-fast",
            Data = "fashion-mnist",
        },
    };
}
