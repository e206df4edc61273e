namespace Nin.Server.Http;

/// <summary>Sends bodies of answers.</summary>
internal static class Pieces
{
    private const int Size = 32 << 10;

    /// <summary>Sends a body piece by piece: what a client does not read is not copied for it, beyond what the connection holds in any case.</summary>
    public static async Task Send(this HttpResponse response, ReadOnlyMemory<byte> body, CancellationToken token = default)
    {
        for (; body.Length > Size; body = body[Size..]) await response.BodyWriter.WriteAsync(body[..Size], token);
        await response.BodyWriter.WriteAsync(body, token);
    }
}
