using System.Diagnostics;
using Nin.Data;
using Nin.Evaluation;
using Nin.Files;
using Nin.Json;
using Nin.Onnx;
using Nin.Recipes;
using Nin.Runs;
using Nin.Training.Batches;
using Nin.Training.Compute;
using Nin.Training.Distributed;
using Nin.Training.Optimizers;
using Nin.Training.Runs;
using Nin.Weights;
using static TorchSharp.torch;

namespace Nin.Training;

/// <summary>
/// One training run from options to tested weights. It reads top to bottom: epochs of steps, a validation, a checkpoint, at the end the test.
/// Several ranks make the same run: each computes its part of every batch, all take the same decisions, the first one reads, writes and reports.
/// </summary>
public sealed class TrainingRun : IDisposable
{
    private const int MostRestarts = 3;

    private readonly RunPlan _plan;
    private readonly TrainingOptions _options;
    private readonly RunDirectory _directory;
    private readonly RunRecorder _recorder;
    private readonly Ranks _ranks;
    private readonly StopRequest _stop;
    private readonly Stopwatch _clock = new();
    private readonly Stopwatch _sinceCheckpoint = Stopwatch.StartNew();
    private TimeEstimate _estimate = new();
    private Learner _learner;
    private RunProgress _progress;
    private TimeSpan _communicated;
    private bool _checkpointIsDue;
    private string? _stopped;

    private TrainingRun(TrainingOptions options, DataSet data, RunDirectory directory, Action<RunEvent> report, StopRequest? stop, Ranks? ranks)
    {
        (_ranks, _stop) = (ranks ?? Ranks.Alone, stop ?? StopRequest.Never);
        Cores.Use(options.Threads > 0 ? options.Threads : _ranks.Threads);
        Replicas.RequireSameOptions(_ranks, options);
        (_plan, _options, _directory) = (RunPlan.Make(options, data, _ranks), options, directory);
        Replicas.RequireSamePlan(_ranks, _plan);
        _recorder = new RunRecorder(directory, report, isSilent: !_ranks.IsFirst);
        (_learner, _progress) = (new(_plan, options.Seed), new() { Seed = options.Seed });
    }

    /// <summary>Trains, tests and writes everything but the reports into the run's folder.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="data">On what.</param>
    /// <param name="directory">An empty folder.</param>
    /// <param name="report">Hears every event.</param>
    /// <param name="stop">Ends the run after the step that is under way, with a checkpoint; on every rank, whichever got it.</param>
    /// <param name="ranks">Who train together, each with the same options and data. Only the first one's folder is used, and only its events are reported.</param>
    /// <exception cref="NinException">Options and data do not fit, the folder cannot be written to, or the training collapsed or diverged.</exception>
    public static RunEnded Train(TrainingOptions options, DataSet data, RunDirectory directory, Action<RunEvent> report, StopRequest? stop = null, Ranks? ranks = null)
    {
        using var scope = NewDisposeScope();
        using var run = new TrainingRun(options, data, directory, report, stop, ranks);
        using var held = run._ranks.IsFirst ? RunLock.Take(directory) : null;
        if (run._ranks.IsFirst) RunDescription.Write(directory, run._plan);
        run.MakeEqual();
        run._recorder.Record(RunEvents.Started(directory, run._plan));
        foreach (var remark in data.Remarks) run._recorder.Record(new RunNoticed(remark));
        return run.ToTheEnd();
    }

    /// <summary>Goes on with a run exactly where its last checkpoint was written: the same steps as if it had never stopped.</summary>
    /// <param name="options">Those of the run; only epochs, time, threads, device, the times of checkpoints and the data's folder may differ.</param>
    /// <param name="data">The same data.</param>
    /// <param name="directory">The run's folder.</param>
    /// <param name="report">Hears every event from here on.</param>
    /// <param name="stop">As in <see cref="Train"/>.</param>
    /// <param name="ranks">As in <see cref="Train"/>; as many as there are now, however many there were.</param>
    /// <exception cref="NinException">Another option or the data differ, there is no readable checkpoint, or as in <see cref="Train"/>.</exception>
    public static RunEnded Resume(TrainingOptions options, DataSet data, RunDirectory directory, Action<RunEvent> report, StopRequest? stop = null, Ranks? ranks = null)
    {
        var isFirst = ranks?.IsFirst ?? true;
        if (isFirst) ResumeCheck.Compare(OptionsReader.Read(new TrainingOptions(), directory.Options, []), options);
        using var scope = NewDisposeScope();
        using var run = new TrainingRun(options, data, directory, report, stop, ranks);
        using var held = isFirst ? RunLock.Take(directory) : null;
        if (isFirst)
        {
            run.GoBackToCheckpoint();
            RunDescription.Write(directory, run._plan);
        }
        run.MakeEqual();
        run._recorder.Tell(RunEvents.Started(directory, run._plan));
        run._recorder.Record(new RunNoticed(run._progress.Step == 0 ? "there was no checkpoint yet: the run begins again" : $"resumed at step {run._progress.Step} in epoch {Math.Min(run._progress.Epoch + 1, options.Epochs)}"));
        return run.ToTheEnd();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _learner.Dispose();
        _plan.Preprocessor?.Dispose();
    }

    private RunEnded ToTheEnd()
    {
        string? reason = null;
        while (reason is null)
        {
            try
            {
                reason = RunEpoch();
            }
            catch (CollapseException) when (_options.OnCollapse == CollapseAction.Restart && _progress.Restarts < MostRestarts)
            {
                Restart();
            }
            catch (TrainingException e)
            {
                _recorder.Record(Ended(e is CollapseException ? "collapsed" : "diverged", test: null));
                throw;
            }
        }
        var test = _stopped is null ? Test() : null;
        var ended = Ended(reason, test);
        _recorder.Record(ended);
        if (_recorder.Failure is { } failure)
            throw new OutputException($"the run came to its end, but not all of it could be written: {failure.Message}", failure.Why, failure.Fix, failure);
        return ended;
    }

    /// <summary>One epoch, or the rest of one; says why the run should stop after it, or null.</summary>
    private string? RunEpoch()
    {
        if (RunEnd.Why(_options, _progress) is { } over) return over;
        var loader = new BatchLoader(_plan.Train, _plan.TrainingPipeline(_progress.Epoch), _plan.Arithmetic, _options.Batch, _ranks);
        var rate = 0.0;
        _communicated = _ranks.Communicating;
        _clock.Restart();
        foreach (var batch in loader.Shuffled(_options.Augmentation, _progress.Seed, _progress.Epoch, _progress.StepInEpoch))
        {
            rate = _options.Optimizer.LearningRate * LearningRate.At(_options.Schedule, _progress.Step, loader.Steps, _options.Epochs, _progress.Plateau.Reductions);
            Step(batch, rate);
            if (_progress.ConstantSteps >= CollapseWatch.Patience) throw CollapseWatch.Diagnose(_learner.Network, _progress.Step, rate, _ranks);
            Announce(rate);
            if (_progress.StepInEpoch == loader.Steps) break;
            Agree();
            var outOfTime = RunEnd.OutOfTime(_options, _progress);
            if (_stopped is not null || outOfTime || _checkpointIsDue)
            {
                Reconcile();
                SaveLast();
            }
            if (_stopped is not null) return _stopped;
            if (outOfTime) return "time";
        }
        var end = FinishEpoch(rate);
        return _stopped ?? end; // Resumed, a run that was stopped in its last epoch finds itself over, and tests.
    }

    /// <summary>What clocks and signals decide, all ranks decide alike: by the first one's clock, and by a signal that any of them got.</summary>
    private void Agree()
    {
        var isDue = _sinceCheckpoint.Elapsed.TotalMinutes >= _options.CheckpointMinutes;
        double[] said = [_ranks.IsFirst ? _progress.Seconds : 0, _ranks.IsFirst && isDue ? 1 : 0, _stop.IsRequested ? 1 : 0];
        _ranks.Sum(said);
        (_progress, _checkpointIsDue) = (_progress with { Seconds = said[0] }, said[1] > 0);
        if (said[2] > 0) _stopped ??= _ranks.Gather(_stop.IsRequested ? _stop.Reason : "").First(reason => reason.Length > 0);
    }

    private void Step(Batch batch, double rate)
    {
        var loss = _learner.Step(batch, _progress.Seed, _progress.Step, rate);
        var (seconds, communicating) = (_clock.Elapsed.TotalSeconds, _ranks.Communicating);
        _clock.Restart();
        _progress = _progress.AfterStep(batch.Whole, loss.Loss, loss.Correct, loss.Constant, seconds, (communicating - _communicated).TotalSeconds);
        _communicated = communicating;
    }

    private void Announce(double rate)
    {
        if (_estimate.After(_progress) is { } measured) _recorder.Tell(RunEvents.Estimated(_plan, _progress, measured));
        _recorder.Tell(RunEvents.Step(_plan, _progress, rate));
    }

    private string? FinishEpoch(double rate)
    {
        Reconcile();
        var finished = _progress;
        var validation = _plan.Validation is null ? null : _learner.Evaluate(_plan.Validation);
        _progress = finished.AfterEpoch(_options.WatchTest ? null : validation, _options.Schedule) with { Seconds = finished.Seconds + _clock.Elapsed.TotalSeconds };
        // The row comes before the checkpoints: what a kill leaves half done is taken back when the run is resumed.
        _recorder.Record(RunEvents.Epoch(finished, _progress, validation, rate, _learner, _ranks));
        if (_progress.BestEpoch == _progress.Epoch) Save(_directory.BestCheckpoint);
        if (_options.KeepEveryCheckpoint) Save(_directory.EpochCheckpoint(_progress.Epoch));
        SaveLast();
        foreach (var notice in RunEvents.Plateau(finished, _progress, _options)) _recorder.Record(notice);
        Agree();
        return RunEnd.Why(_options, _progress);
    }

    /// <summary>The best epoch's weights are what is kept and tested; without validation data, the last ones.</summary>
    private EvaluationResult? Test()
    {
        if (_plan.ValidationImages > 0) TakeBestWeights();
        var weights = _learner.Weights();
        _recorder.Write(() => Safetensors.Write(_directory.Weights, weights, new Dictionary<string, string> { ["format"] = "pt", ["network"] = _plan.Model.Architecture.Name }));
        var result = _plan.Test is null ? null : _learner.Test(_plan.Test);
        if (result is not null) _recorder.Write(() => JsonFile.Write(_directory.Evaluation, result));
        _recorder.Write(() => OnnxModel.Of(new(_directory.Weights, _plan.Model, weights.ToDictionary(), _plan.Whitening), result?.Top1, _options).Write(_directory.Onnx));
        return result;
    }

    private void TakeBestWeights()
    {
        if (_progress.BestEpoch == 0 || (_progress.BestEpoch == _progress.Epoch && _progress.StepInEpoch == 0)) return;
        try
        {
            if (_ranks.IsFirst) Checkpoint.Read(_directory.BestCheckpoint, _learner, ofEpoch: _progress.BestEpoch);
        }
        catch (ModelException e)
        {
            _recorder.Record(new RunNoticed($"{e.Message} ({e.Why}); the last weights are kept and tested instead of the best"));
        }
        MakeEqual();
    }

    private void Restart()
    {
        var next = _progress.Seed + 1;
        _recorder.Record(new RunNoticed($"the network collapsed at step {_progress.Step}; starting again with seed {next}"));
        _recorder.Rewind(epoch: 0);
        _learner.Dispose();
        (_learner, _estimate) = (new(_plan, next), new());
        _progress = new() { Seed = next, Restarts = _progress.Restarts + 1, Seconds = _progress.Seconds };
        MakeEqual();
    }

    /// <summary>The last checkpoint that can be read, or the beginning where the run was killed before its first, and the records as they were then.</summary>
    private void GoBackToCheckpoint()
    {
        // A run that has its model has had checkpoints: it must not begin again over them.
        if (File.Exists(_directory.LastCheckpoint) || File.Exists(_directory.PreviousCheckpoint) || File.Exists(_directory.Weights)) ReadCheckpoint();
        _recorder.Rewind(_progress.Epoch);
        AtomicFile.DeleteLeftovers(_directory.Path);
    }

    private void ReadCheckpoint()
    {
        ResumeCheck.Compare(HeldOutImages.Read(_directory.Split), HeldOutImages.Of(_plan));
        try
        {
            _progress = Checkpoint.Read(_directory.LastCheckpoint, _learner);
        }
        catch (ModelException e) when (File.Exists(_directory.PreviousCheckpoint))
        {
            _recorder.Record(new RunNoticed($"{e.Message} ({e.Why}); going on from the checkpoint before it"));
            _progress = Checkpoint.Read(_directory.PreviousCheckpoint, _learner);
            // The next checkpoint must not push the good one out in favour of the bad one.
            AtomicFile.TryDelete(_directory.LastCheckpoint);
        }
    }

    /// <summary>What the first rank holds, all hold, and stand where it stands.</summary>
    private void MakeEqual() => _progress = Replicas.Broadcast(_ranks, _learner, _progress);

    /// <summary>Before anything is judged or kept, all hold the same, statistics too.</summary>
    private void Reconcile()
    {
        if (!_options.SyncBatchNorm) Replicas.AverageStatistics(_ranks, _learner);
        Replicas.Compare(_ranks, _learner, _progress.Epoch + 1);
    }

    private void SaveLast()
    {
        // A folder that has vanished is made anew, whole, so that the run can still be resumed. The split is what is written last.
        if (_ranks.IsFirst && !File.Exists(_directory.Split)) _recorder.Write(() => RunDescription.Write(_directory, _plan));
        Save(_directory.LastCheckpoint, _directory.PreviousCheckpoint);
        _sinceCheckpoint.Restart();
    }

    private void Save(string path, string? keepPreviousAs = null) =>
        _recorder.Write(() => Checkpoint.Write(path, _learner, _progress, _options, keepPreviousAs));

    private RunEnded Ended(string reason, EvaluationResult? test) => RunEvents.Ended(_directory, _plan, _progress, reason, test);
}
