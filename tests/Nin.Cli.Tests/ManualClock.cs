namespace Nin.Cli.Tests;

/// <summary>A clock that moves when told to.</summary>
internal sealed class ManualClock : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(double seconds) => _ticks += TimeSpan.FromSeconds(seconds).Ticks;

    public override long GetTimestamp() => _ticks;
}
