using Nin.Runs;
using Spectre.Console;

namespace Nin.Cli.Rendering;

/// <summary>A run on a terminal: lines that stay, and under them one bar that moves.</summary>
internal sealed class LiveTraining(IAnsiConsole console, TimeProvider clock) : ITrainingDisplay
{
    private readonly TrainingProgress _progress = new(clock);
    private ProgressTask? _bar;
    private int _epochs;
    private bool _underHeader;

    /// <inheritdoc />
    public RunEnded During(Func<RunEnded> training)
    {
        var progress = console.Progress().AutoClear(true).HideCompleted(false).ExcludeVerticalPadding().Columns(
            new TextColumn(() => _progress.Epoch),
            new ProgressBarColumn { Width = Math.Clamp(console.Profile.Width - 75, 8, 40) },
            new TextColumn(() => _progress.Figures));
        progress.RefreshRate = TimeSpan.FromMilliseconds(250);
        return progress.Start(context =>
        {
            _bar = context.AddTask("training", maxValue: 1);
            return training();
        });
    }

    /// <inheritdoc />
    public void Show(RunEvent happened)
    {
        _progress.Note(happened);
        switch (happened)
        {
            case RunStarted start:
                (_epochs, _underHeader) = (start.Epochs, false);
                foreach (var line in TrainingLines.Banner(start)) Write(line, Style.Plain);
                break;
            case RunEstimated estimate:
                Write(TrainingLines.Estimate(estimate), Style.Plain);
                break;
            case StepEnded:
                _bar?.Value = _progress.Done;
                break;
            case EpochEnded epoch:
                if (!_underHeader) Write(TrainingLines.EpochHeader, new Style(decoration: Decoration.Dim));
                _underHeader = true;
                Write(TrainingLines.Epoch(epoch, _epochs), new Style(decoration: epoch.IsBest ? Decoration.Bold : Decoration.None));
                break;
            case RunNoticed notice:
                Write(notice.Message, new Style(Color.Yellow));
                break;
        }
    }

    private void Write(string line, Style style) => console.WriteLine(line, style);
}
