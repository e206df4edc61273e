namespace Nin.Runs;

/// <summary>Asks a run to end after the step that is under way, and says why.</summary>
/// <param name="reason">Read once the run is to stop: interrupted or terminated.</param>
/// <param name="token">Cancelled when the run is to stop.</param>
public sealed class StopRequest(Func<string> reason, CancellationToken token)
{
    /// <summary>A run that nobody stops.</summary>
    public static StopRequest Never { get; } = new(() => "interrupted", CancellationToken.None);

    /// <summary>Whether the run is to stop.</summary>
    public bool IsRequested => token.IsCancellationRequested;

    /// <summary>The word for <c>stopped_because</c>.</summary>
    public string Reason => reason();
}
