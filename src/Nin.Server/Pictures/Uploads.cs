using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Nin.Server.Http;

namespace Nin.Server.Pictures;

/// <summary>Finds the pictures in a body: it is one, or it is a form with files.</summary>
internal static class Uploads
{
    /// <summary>The pictures, in order.</summary>
    /// <exception cref="RequestException">There are none, or the body is something else.</exception>
    public static async Task<IReadOnlyList<Upload>> Of(string? contentType, ReadOnlyMemory<byte> body, int most, CancellationToken token)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type)) throw Unsupported(contentType);
        if (type.MediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase))
            return body.Length > 0 ? [new("body", body)] : throw RequestException.Bad("the body is empty; a picture is expected");
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) throw Unsupported(contentType);
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (boundary is not { Length: > 0 and <= 70 }) throw RequestException.Bad("multipart/form-data has a boundary of 1 to 70 characters; this has none");
        try
        {
            return await Files(new MultipartReader(boundary, new MemoryStream(body.ToArray())), most, token);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw RequestException.Bad($"the form cannot be read: {e.Message}");
        }
    }

    private static async Task<IReadOnlyList<Upload>> Files(MultipartReader reader, int most, CancellationToken token)
    {
        var files = new List<Upload>();
        while (await reader.ReadNextSectionAsync(token) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || disposition.Name != "file") continue;
            if (files.Count == most) throw RequestException.TooLarge($"there are more than {most} files in the form");
            using var bytes = new MemoryStream();
            await section.Body.CopyToAsync(bytes, token);
            files.Add(new(disposition.FileName.HasValue ? HeaderUtilities.RemoveQuotes(disposition.FileName).Value! : $"file {files.Count + 1}", bytes.ToArray()));
        }
        return files.Count > 0 ? files : throw RequestException.Bad("the form has no part named 'file'");
    }

    private static RequestException Unsupported(string? type) =>
        RequestException.Unsupported($"content type {(type is null ? "is missing" : $"'{type}' is not understood")}; send image/* or multipart/form-data with parts named 'file'");
}
