namespace Nin.Server.Http;

/// <summary>A request that is not answered as asked; it becomes a problem document.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="title">The kind of problem in a few words.</param>
/// <param name="detail">What was found and what was expected.</param>
internal sealed class RequestException(int status, string title, string detail) : Exception(detail)
{
    /// <summary>HTTP status.</summary>
    public int Status => status;

    /// <summary>The kind of problem in a few words.</summary>
    public string Title => title;

    /// <summary>When another try makes sense, in seconds; null where it does not.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>400.</summary>
    public static RequestException Bad(string detail) => new(StatusCodes.Status400BadRequest, "bad request", detail);

    /// <summary>404.</summary>
    public static RequestException NotFound(string detail) => new(StatusCodes.Status404NotFound, "not found", detail);

    /// <summary>413.</summary>
    public static RequestException TooLarge(string detail) => new(StatusCodes.Status413PayloadTooLarge, "too large", detail);

    /// <summary>415.</summary>
    public static RequestException Unsupported(string detail) => new(StatusCodes.Status415UnsupportedMediaType, "unsupported media type", detail);

    /// <summary>422.</summary>
    public static RequestException Undecodable(string detail) => new(StatusCodes.Status422UnprocessableEntity, "not a picture", detail);

    /// <summary>429.</summary>
    public static RequestException Busy(string detail) => new(StatusCodes.Status429TooManyRequests, "too busy", detail) { RetryAfter = 1 };

    /// <summary>503.</summary>
    public static RequestException Unavailable(string detail) => new(StatusCodes.Status503ServiceUnavailable, "not ready", detail) { RetryAfter = 1 };
}
