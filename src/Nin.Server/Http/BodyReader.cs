using System.Buffers;

namespace Nin.Server.Http;

/// <summary>
/// Reads bodies into memory, and no more of them and of what they unfold to at once than there is room for. The first bytes of every body are free, so that a
/// flood of large ones leaves small ones alone, and the last quarter of the room is for those of middling size; who gets a large one goes on on another thread
/// than the socket's.
/// </summary>
/// <param name="options">How much may be held.</param>
internal sealed class BodyReader(ServerOptions options)
{
    /// <summary>Bytes of a body that take no time to speak of.</summary>
    private const int Free = 64 << 10;

    /// <summary>Bytes of a request that may take of the last quarter.</summary>
    private const int Middling = 1 << 20;

    private long _held;

    /// <summary>Reads a body to its end.</summary>
    /// <exception cref="RequestException">It is compressed or too large, there is no room for it, or it takes too long.</exception>
    /// <exception cref="BadHttpRequestException">It is too slow or damaged.</exception>
    public async ValueTask<Body> Read(HttpRequest request, CancellationToken token)
    {
        if (request.Headers.ContentEncoding is [var encoding, ..] && encoding != "identity") throw RequestException.Unsupported($"content encoding '{encoding}' is not supported; send the body as it is");
        var body = new Body(this, (int)Math.Min(request.ContentLength ?? Free, Free), request.ContentLength ?? 0);
        try
        {
            if (request.ContentLength > options.MaxBodyBytes) throw TooLarge();
            var reader = request.BodyReader;
            while (true)
            {
                var result = await reader.ReadAsync(token);
                try
                {
                    if (body.Bytes.Length + result.Buffer.Length > options.MaxBodyBytes) throw TooLarge();
                    body.Append(result.Buffer);
                }
                finally
                {
                    // A client that is refused while it sends reads its answer when it has sent all: what is left is still read, see ProblemAnswers.
                    reader.AdvanceTo(result.Buffer.End);
                }
                if (result.IsCompleted) break;
            }
            if (body.Bytes.Length > Free) await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            return body;
        }
        catch (OperationCanceledException) when (!request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            body.Dispose();
            request.HttpContext.Response.Headers.Connection = "close";
            throw new RequestException(StatusCodes.Status408RequestTimeout, "too slow", $"the body was not complete after {options.Timeout.TotalSeconds:0.#} s");
        }
        catch
        {
            body.Dispose();
            request.HttpContext.Response.Headers.Connection = "close";
            throw;
        }
    }

    private RequestException TooLarge() => RequestException.TooLarge($"the body has more than {options.MaxBodyBytes >> 20} MiB");

    private void Hold(long more, long before, long declared)
    {
        var room = Math.Max(before + more, declared) > Middling ? options.MaxHeldBytes / 4 * 3 : options.MaxHeldBytes;
        if (before + more > room) throw RequestException.TooLarge($"the request takes more than {room >> 20} MiB of memory");
        if (Interlocked.Add(ref _held, more) <= room) return;
        Interlocked.Add(ref _held, -more);
        throw RequestException.Busy("too many large requests are under way");
    }

    /// <summary>A whole body, in memory that is given back on disposal.</summary>
    internal sealed class Body(BodyReader reader, int capacity, long declared) : IDisposable
    {
        private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);
        private int _length;
        private long _held;

        /// <summary>The body.</summary>
        public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

        /// <summary>Takes on what has come.</summary>
        public void Append(ReadOnlySequence<byte> more)
        {
            var needed = checked(_length + (int)more.Length);
            if (needed > _bytes.Length) Grow(Math.Max(needed, 2 * _bytes.Length));
            more.CopyTo(_bytes.AsSpan(_length));
            _length = needed;
        }

        /// <summary>Keeps room for what it unfolds to and for the answer, until it is disposed of.</summary>
        /// <exception cref="RequestException">There is none.</exception>
        public void Hold(long bytes)
        {
            if (bytes > Free) Take(bytes);
        }

        /// <inheritdoc />
        public void Dispose()
        {
            if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
            Interlocked.Add(ref reader._held, -_held);
            (_bytes, _held) = ([], 0);
        }

        private void Grow(int capacity)
        {
            if (capacity > Free) Take(capacity - _held);
            var larger = ArrayPool<byte>.Shared.Rent(capacity);
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        private void Take(long bytes)
        {
            reader.Hold(bytes, _held, declared);
            _held += bytes;
        }
    }
}
