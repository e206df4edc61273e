namespace Nin.Evaluation;

/// <summary>Compares how sure a model was with how often it was right, in 15 equal bins of confidence (Guo et al., 2017).</summary>
public sealed class CalibrationBins
{
    /// <summary>The number of bins.</summary>
    public const int Count = 15;

    private readonly double[] _confidence = new double[Count];
    private readonly int[] _right = new int[Count];
    private int _images;

    /// <summary>Counts one image.</summary>
    /// <param name="confidence">The probability of the predicted class, in 0..1. A bin includes its upper end.</param>
    /// <param name="right">Whether the prediction was.</param>
    public void Add(double confidence, bool right)
    {
        var bin = Math.Clamp((int)Math.Ceiling(confidence * Count) - 1, 0, Count - 1);
        _confidence[bin] += confidence;
        if (right) _right[bin]++;
        _images++;
    }

    /// <summary>The expected calibration error, in 0..1: the distance of accuracy and confidence, each bin weighted by its images; 0 without images.</summary>
    public double Error => _images == 0 ? 0 : _right.Zip(_confidence, (right, confidence) => Math.Abs(right - confidence)).Sum() / _images;
}
