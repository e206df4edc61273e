using System.Diagnostics;
using System.Text.Json;
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
using Nin.Training.Networks;
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
    private const int StepsToWarmUp = 10; // the first ones compile kernels and fill caches
    private const int StepsToMeasure = 40;

    private readonly RunPlan _plan;
    private readonly TrainingOptions _options;
    private readonly RunDirectory _directory;
    private readonly RunRecorder _recorder;
    private readonly Ranks _ranks;
    private readonly StopRequest _stop;
    private readonly Stopwatch _clock = new();
    private readonly Stopwatch _sinceCheckpoint = Stopwatch.StartNew();
    private Network _network;
    private Optimizer _optimizer;
    private WeightAverage? _average;
    private RunProgress _progress;
    private RunProgress? _warm;
    private int _stepsHere;
    private TimeSpan _communicated;
    private bool _outOfTime;
    private bool _checkpointIsDue;
    private string? _stopped;

    private TrainingRun(TrainingOptions options, DataSet data, RunDirectory directory, Action<RunEvent> report, StopRequest? stop, Ranks? ranks)
    {
        (_ranks, _stop) = (ranks ?? Ranks.Alone, stop ?? StopRequest.Never);
        Cores.Use(options.Threads > 0 ? options.Threads : _ranks.Threads);
        (_plan, _options, _directory) = (RunPlan.Make(options, data, _ranks), options, directory);
        Replicas.RequireSame(_ranks, "the options", JsonSerializer.Serialize(options with { Threads = 0, Device = "", DataRoot = null }, NinJson.Line));
        Replicas.RequireSame(_ranks, "the images", HeldOutImages.Of(_plan).Data);
        _recorder = new RunRecorder(directory, report, isSilent: !_ranks.IsFirst);
        (_network, _optimizer, _average, _progress) = Begin(options.Seed, restarts: 0);
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
        run.WriteDescription();
        run.MakeEqual();
        run._recorder.Record(run.Started());
        foreach (var remark in data.Remarks) run._recorder.Record(new RunNoticed(remark));
        return run.ToTheEnd();
    }

    /// <summary>Goes on with a run exactly where its last checkpoint was written: the same steps as if it had never stopped.</summary>
    /// <param name="options">Those of the run; only epochs, time, threads and device may differ.</param>
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
            ResumeCheck.Compare(HeldOutImages.Read(directory.Split), HeldOutImages.Of(run._plan));
            run.GoBackToCheckpoint();
        }
        run.WriteDescription();
        run.MakeEqual();
        run._recorder.Tell(run.Started());
        run._recorder.Record(new RunNoticed($"resumed at step {run._progress.Step} in epoch {run._progress.Epoch + 1}"));
        return run.ToTheEnd();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        DisposeNetwork();
        _plan.Preprocessor?.Dispose();
    }

    private void DisposeNetwork()
    {
        _network.Dispose();
        _optimizer.Dispose();
        _average?.Dispose();
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
        Agree();
        if (WhyOver is { } over) return over;
        var loader = new BatchLoader(_plan.Train, _plan.Pipeline(_plan.Train, forTraining: true), _plan.Arithmetic, _options.Batch, _ranks);
        var rate = 0.0;
        _communicated = _ranks.Communicating;
        _clock.Restart();
        foreach (var batch in loader.Shuffled(_options.Augmentation, PixelPipeline.Grey(_plan.Model.Mean), _progress.Seed, _progress.Epoch, _progress.StepInEpoch))
        {
            rate = _options.Optimizer.LearningRate * LearningRate.At(_options.Schedule, _progress.Step, loader.Steps, _options.Epochs, _progress.Plateau.Reductions);
            Step(batch, rate);
            if (_progress.ConstantSteps >= CollapseWatch.Patience) throw CollapseWatch.Diagnose(_network, _progress.Step, rate, _ranks);
            Announce(loader.Steps, rate);
            if (_progress.StepInEpoch == loader.Steps) break;
            Agree();
            if (_stopped is not null || _outOfTime || _checkpointIsDue) SaveLast();
            if (_stopped is not null) return _stopped;
            if (_outOfTime) return "time";
        }
        return FinishEpoch(rate) ?? _stopped;
    }

    /// <summary>What depends on clocks and signals, the ranks agree on: the first one's clock counts, and a signal that any of them got stops all.</summary>
    private void Agree()
    {
        var isOutOfTime = _options.TimeMinutes is { } minutes && _progress.Seconds >= minutes * 60;
        var checkpointIsDue = _sinceCheckpoint.Elapsed.TotalMinutes >= _options.CheckpointMinutes;
        double[] said = [_ranks.IsFirst && isOutOfTime ? 1 : 0, _ranks.IsFirst && checkpointIsDue ? 1 : 0, _stop.IsRequested ? 1 : 0];
        _ranks.Sum(said);
        (_outOfTime, _checkpointIsDue) = (said[0] > 0, said[1] > 0);
        if (said[2] > 0) _stopped ??= _ranks.Gather(_stop.IsRequested ? _stop.Reason : "").First(reason => reason.Length > 0);
    }

    private void Step(Batch batch, double rate)
    {
        using var scope = NewDisposeScope();
        var loss = TrainingStep.Take(_network, _optimizer, batch, new Pass(Training: true, _progress.Seed, _progress.Step), _options.Loss, rate, _ranks);
        _average?.Add(_progress.Step + 1);
        var (seconds, communicating) = (_clock.Elapsed.TotalSeconds, _ranks.Communicating);
        _clock.Restart();
        _progress = _progress.AfterStep(batch.Whole, loss.Loss, loss.Correct, loss.Constant, seconds, (communicating - _communicated).TotalSeconds);
        _communicated = communicating;
    }

    private void Announce(int stepsPerEpoch, double rate)
    {
        var speed = _progress.EpochImages / Math.Max(_progress.EpochTrainingSeconds, 1e-9);
        _stepsHere++;
        if (_stepsHere == StepsToWarmUp) _warm = _progress;
        if (_stepsHere == StepsToWarmUp + StepsToMeasure && _warm is { } warm)
        {
            var measured = (_progress.Images - warm.Images) / (_progress.Seconds - warm.Seconds);
            _recorder.Tell(new RunEstimated(((double)_options.Epochs * stepsPerEpoch - _progress.Step) * _options.Batch / measured, measured));
        }
        _recorder.Tell(new StepEnded(_progress.Epoch + 1, _progress.Step, _progress.StepInEpoch, _progress.EpochLoss / _progress.EpochImages, _progress.EpochCorrect / (double)_progress.EpochImages, rate, speed));
    }

    private string? FinishEpoch(double rate)
    {
        using var scope = NewDisposeScope();
        AverageStatistics();
        Replicas.Compare(_ranks, State, _progress.Epoch + 1);
        var finished = _progress;
        var validation = _plan.Validation is null ? null : Evaluate(_plan.Validation);
        var (trainLoss, trainAccuracy) = (finished.EpochLoss / finished.EpochImages, finished.EpochCorrect / (double)finished.EpochImages);
        var score = validation?.Top1 ?? -trainLoss;
        var best = score > finished.BestScore;
        var plateau = finished.Plateau.After(validation?.Loss ?? trainLoss, _options.Schedule);
        _progress = finished.AfterEpoch() with
        {
            Seconds = finished.Seconds + _clock.Elapsed.TotalSeconds,
            BestScore = best ? score : finished.BestScore,
            BestEpoch = best ? finished.Epoch + 1 : finished.BestEpoch,
            BestValAccuracy = best ? validation?.Top1 : finished.BestValAccuracy,
            TrainAccuracy = trainAccuracy,
            Plateau = plateau,
        };
        _recorder.Record(new EpochEnded
        {
            Epoch = _progress.Epoch,
            Step = _progress.Step,
            Seconds = _progress.Seconds,
            TrainLoss = trainLoss,
            TrainAccuracy = trainAccuracy,
            ValLoss = validation?.Loss,
            ValAccuracy = validation?.Top1,
            LearningRate = rate,
            ImagesPerSecond = finished.EpochImages / finished.EpochTrainingSeconds,
            CommunicationShare = _ranks.Count > 1 ? finished.EpochCommunicationSeconds / finished.EpochTrainingSeconds : null,
            PeakMemoryMb = ProcessMemory.PeakMb,
            DeadMaps = _network.CountDeadMaps(_ranks),
            IsBest = best,
        });
        // The row comes first: what a kill leaves half done is taken back when the run is resumed.
        if (best) Save(_directory.BestCheckpoint);
        if (_options.KeepEveryCheckpoint) Save(_directory.EpochCheckpoint(_progress.Epoch));
        SaveLast();
        Agree();
        return WhyStop(finished.Plateau);
    }

    private string? WhyStop(Plateau before)
    {
        if (_options.Schedule.Kind == ScheduleKind.Plateau)
        {
            if (_progress.Plateau.Converged)
                _recorder.Record(new RunNoticed($"converged: the loss stopped falling after {_options.Schedule.MaxReduce} reductions of the rate"));
            if (_progress.Plateau.Reductions > before.Reductions)
                _recorder.Record(new RunNoticed($"the loss stopped falling: the rate is now {_options.Optimizer.LearningRate * Math.Pow(_options.Schedule.Factor, _progress.Plateau.Reductions):0.######}"));
        }
        return WhyOver;
    }

    /// <summary>Why no further epoch begins, or null. A run that was killed while it was tested finds itself over when it is resumed.</summary>
    private string? WhyOver =>
        _options.Schedule.Kind == ScheduleKind.Plateau && _progress.Plateau.Converged ? "converged"
        : _options.Patience is { } patience && _progress.Epoch - _progress.BestEpoch >= patience ? "patience"
        : _progress.Epoch >= _options.Epochs ? "epochs"
        : _outOfTime ? "time"
        : null;

    /// <summary>The best epoch's weights are what is kept and tested; without validation data, the last ones.</summary>
    private EvaluationResult? Test()
    {
        if (_plan.Validation is not null) TakeBestWeights();
        var weights = TestedWeights();
        _recorder.Write(() => Safetensors.Write(_directory.Weights, weights, new Dictionary<string, string> { ["format"] = "pt", ["network"] = _plan.Model.Architecture.Name }));
        var result = _plan.Test is null ? null : Evaluate(_plan.Test);
        if (result is not null) _recorder.Write(() => AtomicFile.WriteText(_directory.Evaluation, JsonSerializer.Serialize(result, NinJson.Indented)));
        _recorder.Write(() => OnnxModel.Of(new(_directory.Weights, _plan.Model, weights.ToDictionary(), _plan.Whitening), result?.Top1).Write(_directory.Onnx));
        return result;
    }

    private IReadOnlyList<KeyValuePair<string, TensorData>> TestedWeights()
    {
        using var averaged = _average?.Use();
        return NetworkWeights.Export(_network);
    }

    private void TakeBestWeights()
    {
        if (_progress.BestEpoch == 0 || (_progress.BestEpoch == _progress.Epoch && _progress.StepInEpoch == 0)) return;
        try
        {
            if (_ranks.IsFirst) Checkpoint.Read(_directory.BestCheckpoint, State, ofEpoch: _progress.BestEpoch);
        }
        catch (ModelException e)
        {
            _recorder.Record(new RunNoticed($"{e.Message} ({e.Why}); the last weights are kept and tested instead of the best"));
        }
        MakeEqual();
    }

    private EvaluationResult Evaluate(ImageSet images)
    {
        using var averaged = _average?.Use();
        return ModelTester.Evaluate(_network, images, _plan.Pipeline(images, forTraining: false), _options.Batch, _ranks);
    }

    private void Restart()
    {
        var next = _progress.Seed + 1;
        _recorder.Record(new RunNoticed($"the network collapsed at step {_progress.Step}; starting again with seed {next}"));
        _recorder.Rewind(epoch: 0);
        var restarts = _progress.Restarts + 1;
        DisposeNetwork();
        (_network, _optimizer, _average, _progress) = Begin(next, restarts);
    }

    /// <summary>The last checkpoint that can be read, and the records as they were then.</summary>
    private void GoBackToCheckpoint()
    {
        try
        {
            _progress = Checkpoint.Read(_directory.LastCheckpoint, State);
        }
        catch (ModelException e) when (File.Exists(_directory.PreviousCheckpoint))
        {
            _recorder.Record(new RunNoticed($"{e.Message} ({e.Why}); going on from the checkpoint before it"));
            _progress = Checkpoint.Read(_directory.PreviousCheckpoint, State);
            // The next checkpoint must not push the good one out in favour of the bad one.
            AtomicFile.TryDelete(_directory.LastCheckpoint);
        }
        _recorder.Rewind(_progress.Epoch);
        AtomicFile.DeleteLeftovers(_directory.Path);
    }

    private (Network, Optimizer, WeightAverage?, RunProgress) Begin(int seed, int restarts)
    {
        var network = new Network(_plan.Model.Architecture, _plan.Arithmetic, _options.SyncBatchNorm ? _ranks : null);
        Initialiser.Fill(network.Parameters, _options.Initialisation, seed);
        var average = _options.Optimizer.Average > 0 ? new WeightAverage(network, _options.Optimizer.Average) : null;
        return (network, new Optimizer(network.Parameters, _options.Optimizer), average, new RunProgress { Seed = seed, Restarts = restarts });
    }

    private CheckpointState State => new(_network, _optimizer, _average);

    /// <summary>The first rank's weights, memory and progress become everyone's.</summary>
    private void MakeEqual() => _progress = Replicas.Broadcast(_ranks, State, _progress);

    private void AverageStatistics()
    {
        if (!_options.SyncBatchNorm) Replicas.AverageStatistics(_ranks, State);
    }

    private void SaveLast()
    {
        AverageStatistics();
        Save(_directory.LastCheckpoint, _directory.PreviousCheckpoint);
        _sinceCheckpoint.Restart();
    }

    private void Save(string path, string? keepPreviousAs = null) =>
        _recorder.Write(() => Checkpoint.Write(path, State, _progress, _options, keepPreviousAs));

    private void WriteDescription()
    {
        if (!_ranks.IsFirst) return;
        AtomicFile.WriteText(_directory.Options, JsonSerializer.Serialize(_options, NinJson.Indented));
        AtomicFile.WriteText(_directory.Description, JsonSerializer.Serialize(_plan.Model, NinJson.Indented));
        _plan.Whitening?.Write(_directory.Whitening);
        AtomicFile.WriteText(_directory.Environment, JsonSerializer.Serialize(TrainingEnvironment.Describe(_plan.Arithmetic, _ranks), NinJson.Indented));
        HeldOutImages.Of(_plan).Write(_directory.Split);
    }

    private RunStarted Started() => new()
    {
        RunDir = _directory.Path,
        Settings = RunBanner.Of(_plan, _ranks),
        TrainImages = _plan.Train.Count,
        ValImages = _plan.Validation?.Count ?? 0,
        TestImages = _plan.Test?.Count ?? 0,
        Parameters = _network.Plan.Parameters,
        StepsPerEpoch = (_plan.Train.Count + _options.Batch - 1) / _options.Batch,
        Epochs = _options.Epochs,
    };

    private RunEnded Ended(string reason, EvaluationResult? test) => new()
    {
        RunDir = _directory.Path,
        Epochs = _progress.Epoch,
        Steps = _progress.Step,
        Seconds = _progress.Seconds,
        TrainAccuracy = _progress.TrainAccuracy,
        ValAccuracy = _progress.BestValAccuracy,
        TestAccuracy = test?.Top1,
        TestLoss = test?.Loss,
        Parameters = _network.Plan.Parameters,
        ImagesPerSecond = _progress.TrainingSeconds > 0 ? _progress.Images / _progress.TrainingSeconds : 0,
        Ranks = _ranks.Count,
        CommunicationShare = _ranks.Count > 1 && _progress.TrainingSeconds > 0 ? _progress.CommunicationSeconds / _progress.TrainingSeconds : null,
        StoppedBecause = reason,
        Network = _plan.Model.Architecture.Name,
        Data = _plan.Model.Dataset,
        Seed = _progress.Seed,
    };
}
