using Nin.Cli.Rendering;
using Nin.Data;
using Spectre.Console;

namespace Nin.Cli.Consoles;

/// <summary>Shows work that takes its time: a bar on a terminal, else a line every ten seconds. It may be told of progress from several threads.</summary>
internal sealed class WorkDisplay(Output output)
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private readonly TimeProvider _clock = output.Terminal.Clock;
    private long _lastLine = output.Terminal.Clock.GetTimestamp();

    /// <summary>Does the work and shows what it reports.</summary>
    public T During<T>(Func<Action<DataProgress>, T> work)
    {
        if (output.Quiet) return work(_ => { });
        if (output.Terminal.Live is not { } console) return work(Line);
        var text = "";
        var progress = console.Progress().AutoClear(true).HideCompleted(false).ExcludeVerticalPadding().Columns(new ProgressBarColumn { Width = 30 }, new TextColumn(() => text));
        progress.RefreshRate = TimeSpan.FromMilliseconds(250);
        return progress.Start(context =>
        {
            var bar = context.AddTask("work");
            return work(now =>
            {
                lock (_lock)
                {
                    (bar.IsIndeterminate, bar.MaxValue, bar.Value) = (now.Total is null, now.Total ?? 1, now.Total is null ? 0 : now.Done);
                    text = Text(now);
                }
            });
        });
    }

    private void Line(DataProgress now)
    {
        lock (_lock)
        {
            if (_clock.GetElapsedTime(_lastLine) < _interval) return;
            _lastLine = _clock.GetTimestamp();
            output.Remark(Text(now));
        }
    }

    /// <summary>"decoding images  1,234 of 5,000".</summary>
    private static string Text(DataProgress now)
    {
        var done = Amount(now.Done, now.Unit);
        return $"{now.Doing}  {done}{(now.Total is { } total ? $" of {Amount(total, now.Unit)}" : "")}";
    }

    private static string Amount(long amount, ProgressUnit unit) => unit == ProgressUnit.Bytes ? $"{amount / 1048576.0:0.0} MiB" : NumberText.Count(amount);
}
