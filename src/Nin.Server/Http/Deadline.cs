namespace Nin.Server.Http;

/// <summary>The time that a request has.</summary>
internal static class Deadline
{
    /// <summary>Is cancelled when the time is up, from now, and when the client goes away.</summary>
    public static CancellationTokenSource Of(HttpContext context, TimeSpan time)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        source.CancelAfter(time);
        return source;
    }
}
