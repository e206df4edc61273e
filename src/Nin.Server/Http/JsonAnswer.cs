using System.Text.Json;
using Nin.Json;

namespace Nin.Server.Http;

/// <summary>Documents for programs.</summary>
internal static class JsonAnswer
{
    /// <summary>Answers 200 with a document, or with another status.</summary>
    public static Task Write(HttpContext context, object document, int status = StatusCodes.Status200OK, CancellationToken token = default)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(document, NinJson.Line);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, token).AsTask();
    }
}
