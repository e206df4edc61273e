using System.Text.Json;
using Nin.Json;

namespace Nin.Server.Http;

/// <summary>Documents for programs.</summary>
internal static class JsonAnswer
{
    /// <summary>Answers 200 with a document, or with another status.</summary>
    public static Task Write(HttpContext context, object document, int status = StatusCodes.Status200OK) => Send(context, Bytes(document), status);

    /// <summary>A document as it is sent.</summary>
    public static byte[] Bytes(object document) => JsonSerializer.SerializeToUtf8Bytes(document, NinJson.Line);

    /// <summary>Answers with the bytes of a document.</summary>
    public static Task Send(HttpContext context, byte[] body, int status = StatusCodes.Status200OK, CancellationToken token = default)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.Send(body, token);
    }
}
