namespace Nin.Imaging;

/// <summary>
/// Bilinear resizing of one side with correct antialiasing when shrinking: each output value is a weighted mean of the inputs under a triangle as wide as
/// the larger of one input and one output pixel, pixel centres at half. The same as ONNX's Resize (linear, half_pixel, antialias) and Pillow's bilinear.
/// </summary>
public sealed class Resampler
{
    private readonly int[] _first;
    private readonly float[][] _weights;

    /// <summary>Prepares the weights of a range of the input.</summary>
    /// <param name="inputSize">Pixels there are.</param>
    /// <param name="outputSize">Pixels wanted.</param>
    /// <param name="from">Where the range begins, in input pixels.</param>
    /// <param name="length">How long it is, in input pixels; null takes the whole side.</param>
    public Resampler(int inputSize, int outputSize, double from = 0, double? length = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputSize, 1);
        var scale = (length ?? inputSize) / outputSize;
        var support = Math.Max(scale, 1);
        (_first, _weights) = (new int[outputSize], new float[outputSize][]);
        for (var i = 0; i < outputSize; i++)
        {
            var centre = from + (i + 0.5) * scale;
            var first = Math.Max(0, (int)Math.Floor(centre - support + 0.5));
            var end = Math.Min(inputSize, (int)Math.Floor(centre + support + 0.5));
            first = Math.Min(first, inputSize - 1);
            var weights = new double[Math.Max(end - first, 1)];
            for (var j = 0; j < weights.Length; j++) weights[j] = Math.Max(0, 1 - Math.Abs((first + j + 0.5 - centre) / support));
            var sum = weights.Sum();
            _first[i] = first;
            _weights[i] = sum > 0 ? Array.ConvertAll(weights, weight => (float)(weight / sum)) : [1];
        }
    }

    /// <summary>The first input pixel of an output pixel, and the weights of those from there on.</summary>
    public (int First, float[] Weights) this[int output] => (_first[output], _weights[output]);
}
