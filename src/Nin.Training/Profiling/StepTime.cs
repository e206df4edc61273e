namespace Nin.Training.Profiling;

/// <summary>How long one step took.</summary>
/// <param name="Waiting">For a batch that was not ready yet.</param>
/// <param name="Learning">Forward, loss, backward, update.</param>
public readonly record struct StepTime(TimeSpan Waiting, TimeSpan Learning)
{
    /// <summary>The whole step.</summary>
    public TimeSpan Total => Waiting + Learning;
}
