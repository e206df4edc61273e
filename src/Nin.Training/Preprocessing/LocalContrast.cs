using Nin.Architectures;
using Nin.Recipes;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Nin.Training.Preprocessing;

/// <summary>
/// Local contrast normalisation (Jarrett et al., 2009), each channel by itself: from every pixel the mean of its window is taken, then it is divided by the window's
/// deviation, or by the channel's mean deviation where that is larger. Windows are Gaussian, their deviation a quarter of their side; at the border they
/// count what lies inside.
/// </summary>
internal sealed class LocalContrast : IDisposable
{
    private readonly int _padding;
    private readonly Tensor _window;
    private readonly Tensor _inside;

    public LocalContrast(int side, Shape input)
    {
        _padding = side / 2;
        using var scope = NewDisposeScope();
        var line = exp(-0.5 * ((arange(side, ScalarType.Float32) - _padding) * (4.0 / side)).square());
        _window = outer(line, line).div(line.sum().square()).reshape(1, 1, side, side).DetachFromDisposeScope();
        _inside = functional.conv2d(ones(1, 1, input.Height, input.Width), _window, padding: [_padding, _padding]).DetachFromDisposeScope();
    }

    /// <summary>[N, C, H, W] of float32.</summary>
    public Tensor Apply(Tensor images)
    {
        var planes = images.reshape(-1, 1, images.shape[2], images.shape[3]);
        var centred = planes - Mean(planes);
        var deviation = Mean(centred.square()).clamp_min(0).sqrt();
        return (centred / maximum(deviation, deviation.mean([2, 3], keepdim: true)).clamp_min(PreprocessingOptions.LeastDeviation)).reshape(images.shape);
    }

    public void Dispose()
    {
        _window.Dispose();
        _inside.Dispose();
    }

    private Tensor Mean(Tensor planes) => functional.conv2d(planes, _window, padding: [_padding, _padding]) / _inside;
}
