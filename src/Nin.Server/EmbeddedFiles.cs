using System.Collections.Frozen;
using System.Security.Cryptography;
using Nin.Server.Http;

namespace Nin.Server;

/// <summary>The page: files that are part of the program.</summary>
internal sealed class EmbeddedFiles
{
    private const string Root = "wwwroot/", Index = "index.html";

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".otf"] = "font/otf",
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, EmbeddedFile> _files = typeof(EmbeddedFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Root, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Root.Length..].Replace('\\', '/'), Read);

    /// <summary>Adds a route a file; <c>index.html</c> is at /.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, file) in _files) routes.MapMethods(path == Index ? "/" : $"/{path}", ["GET", "HEAD"], file.Answer);
    }

    private static EmbeddedFile Read(string name)
    {
        using var stream = typeof(EmbeddedFiles).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new(bytes, ContentTypes[Path.GetExtension(name)], $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\"");
    }

    private sealed record EmbeddedFile(byte[] Bytes, string ContentType, string ETag)
    {
        public Task Answer(HttpContext context)
        {
            SecurityHeaders.AddForPage(context.Response);
            context.Response.Headers.ETag = ETag;
            context.Response.Headers.CacheControl = "no-cache";
            if (context.Request.Headers.IfNoneMatch == ETag)
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
            context.Response.ContentType = ContentType;
            context.Response.ContentLength = Bytes.Length;
            return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Send(Bytes);
        }
    }
}
