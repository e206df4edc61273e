using System.Runtime.InteropServices;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Nin.Server.Http;

namespace Nin.Server.Pictures;

/// <summary>Finds the pictures in a body: it is one, or it is a form with files. Nothing is copied.</summary>
internal static class Uploads
{
    private const int LongestBoundary = 70;

    /// <summary>Parts of a form that are no pictures.</summary>
    private const int MostOthers = 16;

    /// <summary>The pictures, in order.</summary>
    /// <param name="contentType">Of the body.</param>
    /// <param name="body">Must outlive the pictures.</param>
    /// <param name="most">The most pictures.</param>
    /// <exception cref="RequestException">There are none or too many, or the body is something else.</exception>
    public static async ValueTask<IReadOnlyList<Upload>> Of(string? contentType, ReadOnlyMemory<byte> body, int most)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type)) throw Unsupported(contentType);
        if (body.IsEmpty) throw RequestException.Bad("the body is empty; a picture is expected");
        if (type.Type.Equals("image", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase)) return [new("body", body)];
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) throw Unsupported(contentType);
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (boundary is not { Length: > 0 and <= LongestBoundary }) throw RequestException.Bad($"multipart/form-data needs a boundary of 1 to {LongestBoundary} characters; '{contentType}' has {(boundary is { Length: > 0 } ? "a longer one" : "none")}");
        try
        {
            return await Files(boundary, body, most);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw RequestException.Bad($"the form cannot be read: {e.Message}");
        }
    }

    private static async Task<IReadOnlyList<Upload>> Files(string boundary, ReadOnlyMemory<byte> body, int most)
    {
        MemoryMarshal.TryGetArray(body, out var array);
        using var stream = new MemoryStream(array.Array!, array.Offset, array.Count, writable: false);
        var reader = new MultipartReader(boundary, stream);
        var files = new List<Upload>();
        var scratch = new byte[4096];
        for (var parts = 0; await reader.ReadNextSectionAsync() is { } section; parts++)
        {
            if (parts == most + MostOthers) throw RequestException.TooLarge($"the form has more than {most + MostOthers} parts");
            var length = await Drain(section.Body, scratch);
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || HeaderUtilities.RemoveQuotes(disposition.Name) != "file") continue;
            if (files.Count == most) throw RequestException.TooLarge($"the form has more than {most} files");
            var name = HeaderUtilities.RemoveQuotes(disposition.FileName);
            files.Add(new(name.Length > 0 ? name.ToString() : $"file {files.Count + 1}", body.Slice((int)section.BaseStreamOffset!.Value, length)));
        }
        return files.Count > 0 ? files : throw RequestException.Bad("the form has no part named 'file'");
    }

    private static async ValueTask<int> Drain(Stream section, byte[] scratch)
    {
        var length = 0;
        while (await section.ReadAsync(scratch) is var read and > 0) length += read;
        return length;
    }

    private static RequestException Unsupported(string? type) =>
        RequestException.Unsupported($"{(type is null ? "the content type is missing" : $"content type '{type}' is not understood")}; send image/*, or multipart/form-data with parts named 'file'");
}
