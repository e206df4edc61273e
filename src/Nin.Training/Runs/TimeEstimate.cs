namespace Nin.Training.Runs;

/// <summary>How fast this process trains, from its first steps but for those that compile kernels and fill caches.</summary>
internal sealed class TimeEstimate
{
    private const int StepsToWarmUp = 10;
    private const int StepsToMeasure = 40;

    private RunProgress? _warm;
    private int _steps;

    /// <summary>Images a second, once, when enough steps were seen; null before and after.</summary>
    public double? After(RunProgress progress)
    {
        _steps++;
        if (_steps == StepsToWarmUp) _warm = progress;
        return _steps == StepsToWarmUp + StepsToMeasure && _warm is { } warm
            ? (progress.Images - warm.Images) / (progress.Seconds - warm.Seconds)
            : null;
    }
}
