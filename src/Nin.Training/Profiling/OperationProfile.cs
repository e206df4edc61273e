using Nin.Architectures;
using Nin.Training.Networks;

namespace Nin.Training.Profiling;

/// <summary>What one operation costs in an average step.</summary>
/// <param name="Name">The prefix of its weights' names and what it is; a batch normalisation includes the ReLU behind it where one kernel does both.</param>
/// <param name="ForwardMs">Milliseconds forward.</param>
/// <param name="BackwardMs">Milliseconds backward.</param>
/// <param name="Gflop">
/// Billions of floating point operations of matrix work: two a multiply-accumulate; backward counts as twice forward, for the gradients of weights and input,
/// and once in the first operation, whose input needs none.
/// </param>
/// <param name="Megabytes">
/// 10^6 bytes of activations that must be moved at least: forward reads the input and writes the output; backward reads the gradient of the output and
/// the input again and writes the gradient of the input.
/// </param>
/// <param name="Share">Of the average step.</param>
public sealed record OperationProfile(string Name, double ForwardMs, double BackwardMs, double Gflop, double Megabytes, double Share)
{
    /// <summary>Forward and backward.</summary>
    public double Ms => ForwardMs + BackwardMs;

    /// <summary>Billions of floating point operations a second.</summary>
    public double GflopPerSecond => Ms > 0 ? Gflop / Ms * 1000 : 0;

    /// <summary>10^9 bytes a second.</summary>
    public double GigabytesPerSecond => Ms > 0 ? Megabytes / Ms : 0;

    internal static OperationProfile Of(PlannedStep step, bool isFirst, (TimeSpan Forward, TimeSpan Backward) times, int steps, int batch, int bytesPerValue, double stepMs)
    {
        var (forward, backward) = (times.Forward.TotalMilliseconds / steps, times.Backward.TotalMilliseconds / steps);
        var (input, output) = ((double)step.Input.Elements, (double)step.Output.Elements);
        var values = isFirst ? 2 * (input + output) : 3 * input + 2 * output;
        return new(NetworkProfile.NameOf(step), forward, backward, 2e-9 * step.Macs * batch * (isFirst ? 2 : 3), values * batch * bytesPerValue / 1e6, (forward + backward) / stepMs);
    }
}
