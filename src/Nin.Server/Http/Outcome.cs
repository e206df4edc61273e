namespace Nin.Server.Http;

/// <summary>Marks endpoints whose requests are counted as inference.</summary>
internal sealed record Classifies;

/// <summary>A request's end in one word, for metrics.</summary>
internal static class Outcome
{
    /// <summary>That of a status.</summary>
    public static string Of(int status) => status switch
    {
        < 400 => "ok",
        401 or 403 => "unauthorized",
        404 => "not_found",
        408 or 504 => "timeout",
        413 => "too_large",
        415 => "unsupported",
        422 => "undecodable",
        429 => "busy",
        499 => "cancelled",
        503 => "unavailable",
        < 500 => "invalid",
        _ => "error",
    };
}
