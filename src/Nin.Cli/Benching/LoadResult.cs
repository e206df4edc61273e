using System.Collections.Immutable;

namespace Nin.Cli.Benching;

/// <summary>How a server did under load.</summary>
internal sealed record LoadResult
{
    /// <summary>What was asked for.</summary>
    public required LoadRoute Route { get; init; }

    /// <summary>Clients at once.</summary>
    public required int Clients { get; init; }

    /// <summary>Seconds that were measured.</summary>
    public required double Seconds { get; init; }

    /// <summary>Requests answered 200.</summary>
    public required long Requests { get; init; }

    /// <summary>Requests answered otherwise, by status; 0 where the connection broke.</summary>
    public required ImmutableSortedDictionary<int, long> Errors { get; init; }

    /// <summary>Images in a request.</summary>
    public required int Images { get; init; }

    /// <summary>Milliseconds of the median request answered 200; null where none was.</summary>
    public required double? P50Ms { get; init; }

    /// <summary>Milliseconds in which 95 % of them were answered; null where none was.</summary>
    public required double? P95Ms { get; init; }

    /// <summary>Milliseconds in which 99 % of them were answered; null where none was.</summary>
    public required double? P99Ms { get; init; }

    /// <summary>Images in a mean batch, as the server's metrics count; null where they cannot be read.</summary>
    public double? MeanBatch { get; init; }

    /// <summary>Requests answered 200 a second.</summary>
    public double RequestsPerSecond => Requests / Seconds;

    /// <summary>Images classified a second.</summary>
    public double ImagesPerSecond => RequestsPerSecond * Images;
}
