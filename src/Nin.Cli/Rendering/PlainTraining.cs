using Nin.Runs;

namespace Nin.Cli.Rendering;

/// <summary>A run as lines: banner, epochs, and within an epoch a line every ten seconds.</summary>
internal sealed class PlainTraining(TextWriter to, TimeProvider clock) : ITrainingDisplay
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(10);
    private readonly TrainingProgress _progress = new(clock);
    private long _lastLine = clock.GetTimestamp();
    private int _epochs;
    private bool _underHeader;

    /// <inheritdoc />
    public RunEnded During(Func<RunEnded> training) => training();

    /// <inheritdoc />
    public void Show(RunEvent happened)
    {
        _progress.Note(happened);
        switch (happened)
        {
            case RunStarted start:
                (_epochs, _underHeader) = (start.Epochs, false);
                foreach (var line in TrainingLines.Banner(start)) Write(line);
                break;
            case RunEstimated estimate:
                Write(TrainingLines.Estimate(estimate));
                break;
            case StepEnded when clock.GetElapsedTime(_lastLine) >= _interval:
                Write($"{_progress.Epoch}  {_progress.Step}  {_progress.Figures}");
                break;
            case EpochEnded epoch:
                if (!_underHeader) Write(TrainingLines.EpochHeader);
                _underHeader = true;
                Write(TrainingLines.Epoch(epoch, _epochs));
                break;
            case RunNoticed notice:
                Write(notice.Message);
                break;
        }
    }

    private void Write(string line)
    {
        to.WriteLine(line);
        _lastLine = clock.GetTimestamp();
    }
}
