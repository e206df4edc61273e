using System.Diagnostics;
using System.Text.Json;
using Nin.Data;
using Nin.Evaluation;
using Nin.Files;
using Nin.Json;
using Nin.Recipes;
using Nin.Runs;
using Nin.Training.Batches;
using Nin.Training.Compute;
using Nin.Training.Networks;
using Nin.Training.Optimizers;
using Nin.Training.Runs;
using Nin.Weights;
using static TorchSharp.torch;

namespace Nin.Training;

/// <summary>One training run from options to tested weights. It reads top to bottom: epochs of steps, a validation, a checkpoint, at the end the test.</summary>
public sealed class TrainingRun : IDisposable
{
    private const int MostRestarts = 3;
    private const int StepsBeforeEstimate = 20;

    private readonly RunPlan _plan;
    private readonly TrainingOptions _options;
    private readonly RunDirectory _directory;
    private readonly RunRecorder _recorder;
    private readonly Stopwatch _clock = new();
    private Network _network;
    private Optimizer _optimizer;
    private RunProgress _progress;

    private TrainingRun(TrainingOptions options, DataSet data, RunDirectory directory, Action<RunEvent> report)
    {
        Cores.Use(options.Threads);
        (_plan, _options, _directory) = (RunPlan.Make(options, data), options, directory);
        _recorder = new RunRecorder(directory, report);
        (_network, _optimizer, _progress) = Begin(options.Seed, restarts: 0);
    }

    /// <summary>Trains, tests and writes everything but the reports into the run's folder.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="data">On what.</param>
    /// <param name="directory">An empty folder.</param>
    /// <param name="report">Hears every event.</param>
    /// <param name="stop">Ends the run after the step that is under way, with a checkpoint.</param>
    /// <exception cref="NinException">Options and data do not fit, the folder cannot be written to, or the training collapsed or diverged.</exception>
    public static RunEnded Train(TrainingOptions options, DataSet data, RunDirectory directory, Action<RunEvent> report, CancellationToken stop = default)
    {
        using var run = new TrainingRun(options, data, directory, report);
        run.WriteDescription();
        return run.ToTheEnd(stop);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _network.Dispose();
        _optimizer.Dispose();
    }

    private RunEnded ToTheEnd(CancellationToken stop)
    {
        _recorder.Record(Started());
        string? reason = null;
        while (reason is null)
        {
            try
            {
                reason = RunEpoch(stop);
            }
            catch (TrainingException e)
            {
                var collapsed = e.Message.Contains("collapsed", StringComparison.Ordinal);
                if (collapsed && _options.OnCollapse == CollapseAction.Restart && _progress.Restarts < MostRestarts)
                {
                    Restart(e);
                    continue;
                }
                _recorder.Record(Ended(collapsed ? "collapsed" : "diverged", test: null));
                throw;
            }
        }
        var test = reason == "interrupted" ? null : Test();
        var ended = Ended(reason, test);
        _recorder.Record(ended);
        return ended;
    }

    /// <summary>One epoch, or the rest of one; says why the run should stop after it, or null.</summary>
    private string? RunEpoch(CancellationToken stop)
    {
        if (_progress.Epoch >= _options.Epochs) return "epochs";
        var loader = new BatchLoader(_plan.Train, _plan.Pipeline(_plan.Train, forTraining: true), _plan.Arithmetic, _options.Batch);
        var watch = new CollapseWatch();
        var rate = 0.0;
        _clock.Restart();
        foreach (var batch in loader.Shuffled(_options.Augmentation, PixelPipeline.Grey(_plan.Model.Mean), _progress.Seed, _progress.Epoch, _progress.StepInEpoch))
        {
            rate = _options.Optimizer.LearningRate * LearningRate.At(_options.Schedule, _progress.Step, loader.Steps, _options.Epochs, _progress.Plateau.Reductions);
            var loss = Step(batch, rate);
            if (watch.Sees(loss.Constant)) throw CollapseWatch.Diagnose(_network, _progress.Step, rate);
            Announce(loader.Steps, rate);
            if (stop.IsCancellationRequested || OutOfTime)
            {
                SaveCheckpoint(_directory.LastCheckpoint);
                if (stop.IsCancellationRequested) return "interrupted";
                if (_progress.StepInEpoch < loader.Steps) return "time";
            }
        }
        return FinishEpoch(rate);
    }

    /// <summary>Forward, loss, backward, update.</summary>
    private BatchLoss Step(Batch batch, double rate)
    {
        using var scope = NewDisposeScope();
        var logits = _network.Forward(batch.Images, new Pass(Training: true, _progress.Seed, _progress.Step));
        var loss = CrossEntropy.Evaluate(logits, batch.Labels, _options.Loss.LabelSmoothing);
        if (!double.IsFinite(loss.Loss))
        {
            throw new TrainingException($"the loss is {loss.Loss} at step {_progress.Step + 1} (learning rate {rate:0.#####})",
                "the weights have grown without bound: the rate is too high for this network", "try --lr a tenth of it, or --set schedule.warmup_epochs=1; the last checkpoint is from before");
        }
        _network.Backward(loss.Gradient);
        _optimizer.Step(rate);
        var seconds = _clock.Elapsed.TotalSeconds;
        _clock.Restart();
        _progress = _progress.AfterStep(batch.Labels.Length, loss.Loss, loss.Correct, seconds);
        return loss;
    }

    private void Announce(int stepsPerEpoch, double rate)
    {
        var speed = _progress.EpochImages / Math.Max(_progress.EpochTrainingSeconds, 1e-9);
        if (_progress.Step == StepsBeforeEstimate)
            _recorder.Record(new RunEstimated(((double)_options.Epochs * stepsPerEpoch - _progress.Step) * _options.Batch / speed, speed));
        _recorder.Record(new StepEnded(_progress.Epoch + 1, _progress.Step, _progress.StepInEpoch, _progress.EpochLoss / _progress.EpochImages, _progress.EpochCorrect / (double)_progress.EpochImages, rate, speed));
    }

    private string? FinishEpoch(double rate)
    {
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
        _clock.Restart();
        SaveCheckpoint(_directory.LastCheckpoint);
        if (best) SaveCheckpoint(_directory.BestCheckpoint);
        if (_options.KeepEveryCheckpoint) SaveCheckpoint(_directory.EpochCheckpoint(_progress.Epoch));

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
            PeakMemoryMb = ProcessMemory.PeakMb,
            DeadMaps = _network.CountDeadMaps(),
            IsBest = best,
        });
        return WhyStop(finished.Plateau);
    }

    private string? WhyStop(Plateau before)
    {
        if (_options.Schedule.Kind == ScheduleKind.Plateau)
        {
            if (_progress.Plateau.Converged)
            {
                _recorder.Record(new RunNoticed($"converged: the loss stopped falling after {_options.Schedule.MaxReduce} reductions of the rate"));
                return "converged";
            }
            if (_progress.Plateau.Reductions > before.Reductions)
                _recorder.Record(new RunNoticed($"the loss stopped falling: the rate is now {_options.Optimizer.LearningRate * Math.Pow(_options.Schedule.Factor, _progress.Plateau.Reductions):0.######}"));
        }
        if (_options.Patience is { } patience && _progress.Epoch - _progress.BestEpoch >= patience) return "patience";
        if (_progress.Epoch >= _options.Epochs) return "epochs";
        return OutOfTime ? "time" : null;
    }

    private bool OutOfTime => _options.TimeMinutes is { } minutes && _progress.Seconds >= minutes * 60;

    /// <summary>The best epoch's weights are what is kept and tested; without validation data, the last ones.</summary>
    private EvaluationResult? Test()
    {
        if (_plan.Validation is not null && _progress.BestEpoch > 0 && _progress.BestEpoch < _progress.Epoch)
            Checkpoint.Read(_directory.BestCheckpoint, _network, _optimizer);
        Safetensors.Write(_directory.Weights, NetworkWeights.Export(_network), new Dictionary<string, string> { ["format"] = "pt", ["network"] = _plan.Model.Architecture.Name });
        if (_plan.Test is null) return null;
        var result = Evaluate(_plan.Test);
        AtomicFile.WriteText(_directory.Evaluation, JsonSerializer.Serialize(result, NinJson.Indented));
        return result;
    }

    private EvaluationResult Evaluate(ImageSet images) => ModelTester.Evaluate(_network, images, _plan.Pipeline(images, forTraining: false), _options.Batch);

    private void Restart(TrainingException collapse)
    {
        var next = _progress.Seed + 1;
        _recorder.Record(new RunNoticed($"{collapse.Message}; starting again with seed {next}"));
        Dispose();
        (_network, _optimizer, _progress) = Begin(next, _progress.Restarts + 1);
    }

    private (Network, Optimizer, RunProgress) Begin(int seed, int restarts)
    {
        var network = new Network(_plan.Model.Architecture, _plan.Arithmetic);
        Initialiser.Fill(network.Parameters, _options.Initialisation, seed);
        return (network, new Optimizer(network.Parameters, _options.Optimizer), new RunProgress { Seed = seed, Restarts = restarts });
    }

    private void SaveCheckpoint(string path) => Checkpoint.Write(path, _network, _optimizer, _progress, _options);

    private void WriteDescription()
    {
        AtomicFile.WriteText(_directory.Options, JsonSerializer.Serialize(_options, NinJson.Indented));
        AtomicFile.WriteText(_directory.Description, JsonSerializer.Serialize(_plan.Model, NinJson.Indented));
        AtomicFile.WriteText(_directory.Environment, JsonSerializer.Serialize(TrainingEnvironment.Describe(_plan.Arithmetic), NinJson.Indented));
        AtomicFile.WriteText(_directory.Split, JsonSerializer.Serialize(new { seed = _options.Seed, validation = _plan.HeldOut }, NinJson.Line));
    }

    private RunStarted Started() => new()
    {
        RunDir = _directory.Path,
        Settings = RunBanner.Of(_plan),
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
        StoppedBecause = reason,
        Network = _plan.Model.Architecture.Name,
        Data = _plan.Model.Dataset,
        Seed = _progress.Seed,
    };
}
