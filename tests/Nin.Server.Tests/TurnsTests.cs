using Nin.Server.Http;
using Nin.Server.Pictures;

namespace Nin.Server.Tests;

public sealed class TurnsTests
{
    [Fact]
    public async Task One_goes_another_waits_and_a_third_is_refused()
    {
        using var turns = new Turns(atOnce: 1, most: 1);
        var first = await turns.Take(CancellationToken.None);
        var second = turns.Take(CancellationToken.None);
        Assert.Equal((false, 1), (second.IsCompleted, turns.Waiting));
        Assert.Equal(429, (await Assert.ThrowsAsync<RequestException>(() => turns.Take(CancellationToken.None))).Status);
        first.Dispose();
        using (await second) Assert.Equal(0, turns.Waiting);
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_no_place()
    {
        using var turns = new Turns(atOnce: 1, most: 1);
        using var source = new CancellationTokenSource();
        using var first = await turns.Take(CancellationToken.None);
        var second = turns.Take(source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(0, turns.Waiting);
    }
}
