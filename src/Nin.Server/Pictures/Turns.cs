using Nin.Server.Http;

namespace Nin.Server.Pictures;

/// <summary>Some pictures are decoded at once, others wait, and no more than may.</summary>
/// <param name="atOnce">Pictures that are decoded at once.</param>
/// <param name="most">The most that wait.</param>
internal sealed class Turns(int atOnce, int most) : IDisposable
{
    private readonly SemaphoreSlim _free = new(atOnce);
    private int _waiting;

    /// <summary>Pictures that wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Waits for a turn, which lasts until it is disposed of.</summary>
    /// <exception cref="RequestException">Too many wait already.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public async Task<IDisposable> Take(CancellationToken token)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > most && _free.CurrentCount == 0) throw RequestException.Busy($"{most} pictures wait to be decoded already");
            await _free.WaitAsync(token);
            return new Turn(_free);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _free.Dispose();

    private sealed class Turn(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
