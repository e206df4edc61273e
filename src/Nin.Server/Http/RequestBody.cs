using System.Buffers;

namespace Nin.Server.Http;

/// <summary>The whole body of a request, in memory that is given back on disposal.</summary>
internal sealed class RequestBody : IDisposable
{
    private const int First = 16 << 10;

    private byte[] _bytes;
    private int _length;

    private RequestBody(int capacity) => _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>Reads it to its end.</summary>
    /// <exception cref="BadHttpRequestException">It is too large, too slow or damaged.</exception>
    public static async ValueTask<RequestBody> Read(HttpRequest request, CancellationToken token)
    {
        var body = new RequestBody((int)Math.Min(request.ContentLength ?? First, First));
        try
        {
            var reader = request.BodyReader;
            while (true)
            {
                var result = await reader.ReadAsync(token);
                body.Append(result.Buffer);
                reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted) return body;
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void Append(ReadOnlySequence<byte> more)
    {
        var needed = checked(_length + (int)more.Length);
        if (needed > _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 2 * _bytes.Length));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
        more.CopyTo(_bytes.AsSpan(_length));
        _length = needed;
    }
}
