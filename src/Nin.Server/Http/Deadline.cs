namespace Nin.Server.Http;

/// <summary>The time that a request has; it also ends when its client goes away.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source;

    private Deadline(CancellationTokenSource source) => _source = source;

    /// <summary>Cancelled when the time is up.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>That of a request which begins now.</summary>
    public static Deadline Of(HttpContext context, TimeSpan time)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        source.CancelAfter(time);
        return new(source);
    }

    /// <inheritdoc />
    public void Dispose() => _source.Dispose();
}
