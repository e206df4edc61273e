namespace Nin.Server;

/// <summary>Where a server listens, how it batches, and what it refuses.</summary>
public sealed record ServerOptions
{
    /// <summary>The address to bind: an IP address, <c>localhost</c>, or <c>*</c> for all.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The TCP port; 0 takes any that is free.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>The most images in a run of a model.</summary>
    public int MaxBatch { get; init; } = 32;

    /// <summary>How long the first image of a batch waits for others.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.Zero;

    /// <summary>The most images that wait for a model, the most pictures of up to a megapixel that wait to be decoded, and the most larger ones; a request that finds no room is answered 429, one that never would 413.</summary>
    public int Queue { get; init; } = 256;

    /// <summary>The most time for a request, its body included; then it is answered 504, or 408 while its body is not complete.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest body in bytes; a larger one is answered 413.</summary>
    public long MaxBodyBytes { get; init; } = 32 << 20;

    /// <summary>The most pixels of a picture, width times height, checked before it is decoded; a larger one is answered 413.</summary>
    public long MaxPixels { get; init; } = 25_000_000;

    /// <summary>The most images in a request; more are answered 413.</summary>
    public int MaxImages { get; init; } = 64;

    /// <summary>The most connections at once.</summary>
    public int MaxConnections { get; init; } = 4096;

    /// <summary>
    /// The most bytes of large bodies, of their images as the model takes them, and of large answers that are held in memory at once, beside what one request is making. Requests that take more
    /// than 1 MiB leave a quarter of it to others; a request that finds no room is answered 429, one that never would 413. Pictures that are being decoded,
    /// one for two cores, take about seven bytes for each of their pixels (<see cref="MaxPixels"/>) beside it.
    /// </summary>
    public long MaxHeldBytes { get; init; } = 256 << 20;

    /// <summary>Cores that the runs of a model may use together; 0 for every core.</summary>
    public int Threads { get; init; }

    /// <summary>What clients must show as <c>X-API-Key</c> or bearer token; null asks for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How long a server that was told to stop is not ready but still answers, so that load balancers notice.</summary>
    public TimeSpan DrainDelay { get; init; } = TimeSpan.Zero;

    /// <summary>How often model files are looked at; a changed one is loaded, checked, and takes the place of the old.</summary>
    public TimeSpan ReloadEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether every request is logged; else only what a person should see.</summary>
    public bool LogRequests { get; init; }

    /// <summary>How it logs, to standard error.</summary>
    public LogFormat Log { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">One of them makes no sense.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBatch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Queue, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBodyBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxBodyBytes, Array.MaxLength / 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPixels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxImages, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConnections, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxHeldBytes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(DrainDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ReloadEvery, TimeSpan.Zero);
    }
}

/// <summary>How a server logs.</summary>
public enum LogFormat
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>A line an event, for people.</summary>
    Text,

    /// <summary>A JSON object a line, for programs.</summary>
    Json,
}
