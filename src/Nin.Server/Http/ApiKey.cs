using System.Security.Cryptography;
using System.Text;

namespace Nin.Server.Http;

/// <summary>Marks endpoints that ask for the key, where the server has one.</summary>
internal sealed record NeedsKey;

/// <summary>Lets through who shows the key, as <c>X-API-Key</c> or as a bearer token.</summary>
/// <param name="key">The key.</param>
internal sealed class ApiKey(string key)
{
    private const string Bearer = "Bearer ";

    private readonly byte[] _hash = Hash(key);

    /// <summary>Looks at a request.</summary>
    /// <exception cref="RequestException">It shows no key, or another.</exception>
    public Task Check(HttpContext context, RequestDelegate next) =>
        context.GetEndpoint()?.Metadata.GetMetadata<NeedsKey>() is null || IsKey(Shown(context.Request))
            ? next(context)
            : throw new RequestException(StatusCodes.Status401Unauthorized, "unauthorized", "this needs the server's key: send it as X-API-Key, or as Authorization: Bearer");

    private static string Shown(HttpRequest request) => request.Headers["X-API-Key"] is [{ } named, ..] ? named
        : request.Headers.Authorization is [{ } token, ..] && token.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? token[Bearer.Length..]
        : "";

    /// <summary>Hashes are compared, in constant time: neither the key nor its length can be guessed from how long it takes.</summary>
    private bool IsKey(string shown) => CryptographicOperations.FixedTimeEquals(Hash(shown), _hash);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
