using Nin.Runs;

namespace Nin.Cli.Rendering;

/// <summary>How far a run is, and what its figures were last.</summary>
internal sealed class TrainingProgress(TimeProvider clock)
{
    private int _epochs;
    private int _stepsPerEpoch;
    private StepEnded? _last;
    private (double Done, long Time)? _first;

    /// <summary>How much of the work is done, 0 to 1.</summary>
    public double Done => _last?.Done ?? 0;

    /// <summary>"epoch 3/10".</summary>
    public string Epoch => _last is { } step ? $"epoch {step.Epoch}/{_epochs}" : "starting";

    /// <summary>"step 120/422", of the epoch.</summary>
    public string Step => _last is { } step ? $"step {step.StepInEpoch}/{_stepsPerEpoch}" : "";

    /// <summary>"loss 0.4120  acc 85.30 %  21,034 img/s  lr 0.04  ETA 0:32".</summary>
    public string Figures => _last is { } step
        ? $"loss {NumberText.Loss(step.Loss)}  acc {NumberText.Percent(step.Accuracy)}  {NumberText.Count(step.ImagesPerSecond)} img/s  lr {NumberText.Rate(step.LearningRate)}  ETA {NumberText.Duration(RemainingSeconds)}"
        : "";

    private double RemainingSeconds
    {
        get
        {
            if (_last is not { } last || _first is not { } first || last.Done <= first.Done) return double.NaN;
            return clock.GetElapsedTime(first.Time).TotalSeconds / (last.Done - first.Done) * (1 - last.Done);
        }
    }

    /// <summary>Takes note of an event.</summary>
    public void Note(RunEvent happened)
    {
        if (happened is RunStarted start)
        {
            (_epochs, _stepsPerEpoch) = (start.Epochs, start.StepsPerEpoch);
            (_last, _first) = (null, null);
        }
        if (happened is not StepEnded step) return;
        _first ??= (step.Done, clock.GetTimestamp());
        _last = step;
    }
}
