using System.Collections.Immutable;

namespace Nin.Evaluation;

/// <summary>Turns logits and labels into an <see cref="EvaluationResult"/>.</summary>
public static class Evaluator
{
    /// <summary>Loss, accuracy, calibration and per-class scores of <paramref name="logits"/>. Of equal logits the first class counts as the more probable.</summary>
    /// <param name="logits">[N, K], row by row.</param>
    /// <param name="labels">[N], true classes in 0..K-1.</param>
    /// <param name="labelNames">[K].</param>
    /// <exception cref="ArgumentException">No images, or sizes or labels that do not fit together.</exception>
    /// <exception cref="TrainingException">A logit is not a finite number: the weights have diverged.</exception>
    public static EvaluationResult Evaluate(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, ImmutableArray<string> labelNames)
    {
        var classes = labelNames.Length;
        if (labels.IsEmpty) throw new ArgumentException("there are no images to evaluate", nameof(labels));
        if (logits.Length != (long)labels.Length * classes)
            throw new ArgumentException($"{logits.Length} logits do not fit {labels.Length} labels of {classes} classes", nameof(logits));

        var (loss, top1, top5) = (0.0, 0, 0);
        var calibration = new CalibrationBins();
        var confusion = new ConfusionCounts(classes);
        for (var i = 0; i < labels.Length; i++)
        {
            var label = labels[i];
            if (label < 0 || label >= classes) throw new ArgumentException($"label {i} is {label}, with {classes} classes", nameof(labels));
            var row = logits.Slice(i * classes, classes);
            CheckFinite(row, i);
            var predicted = IndexOfLargest(row);
            var logTotal = LogSumExp(row, row[predicted]);
            var rank = RankOf(row, label);
            loss += logTotal - row[label];
            if (rank == 0) top1++;
            if (rank < 5) top5++;
            calibration.Add(Math.Exp(row[predicted] - logTotal), rank == 0);
            confusion.Add(label, predicted);
        }

        var interval = WilsonInterval.Of(top1, labels.Length);
        return new EvaluationResult
        {
            Images = labels.Length,
            Loss = loss / labels.Length,
            Top1 = top1 / (double)labels.Length,
            Top5 = top5 / (double)labels.Length,
            CalibrationError = calibration.Error,
            Top1Low = interval.Low,
            Top1High = interval.High,
            PerClass = confusion.PerClass(labelNames),
            Confusion = confusion.ToRows(),
        };
    }

    private static void CheckFinite(ReadOnlySpan<float> row, int image)
    {
        foreach (var logit in row)
        {
            if (!float.IsFinite(logit))
                throw new TrainingException("the network's logits are not numbers", $"image {image} has the logit {logit}: the weights have diverged", "train with a lower rate: --lr");
        }
    }

    private static int IndexOfLargest(ReadOnlySpan<float> row)
    {
        var best = 0;
        for (var k = 1; k < row.Length; k++)
        {
            if (row[k] > row[best]) best = k;
        }
        return best;
    }

    /// <summary>log of the sum of exp(logit), without overflow: the largest logit is taken out first.</summary>
    private static double LogSumExp(ReadOnlySpan<float> row, double largest)
    {
        var sum = 0.0;
        foreach (var logit in row) sum += Math.Exp(logit - largest);
        return largest + Math.Log(sum);
    }

    /// <summary>How many classes come before <paramref name="label"/>; 0 for the predicted class.</summary>
    private static int RankOf(ReadOnlySpan<float> row, int label)
    {
        var rank = 0;
        for (var k = 0; k < row.Length; k++)
        {
            if (row[k] > row[label] || (row[k] == row[label] && k < label)) rank++;
        }
        return rank;
    }
}
