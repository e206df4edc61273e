using System.CommandLine;
using System.Text.Json;
using Nin.Cli.Consoles;
using Nin.Cli.Exporting;
using Nin.Cli.Parsing;
using Nin.Cli.Rendering;
using Nin.Data;
using Nin.Json;
using Nin.Recipes;
using Nin.Runs;
using Nin.Training;
using Nin.Training.Distributed;

namespace Nin.Cli.Commands;

/// <summary><c>nin train</c>: trains, tests and leaves a report.</summary>
internal static class TrainCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var command = new NinCommand("train", "trains a network, tests it and leaves a report",
            new("nin train", "the default job: Fashion-MNIST, which is built in"),
            new("nin train mnist --time 10m", "another data set, for ten minutes"),
            new("nin train ./photos", "your own images: ./photos/<class>/*.jpg, or ./photos/train/<class>/*.jpg"),
            new("nin train --resume fashion-mnist --epochs 20", "go on where a run stopped, for longer"),
            new("nin train writeup-a --set optimizer.nesterov=true", "a recipe of configs/ with one option changed"));
        TrainRequest.AddTarget(command);
        foreach (var flag in TrainingFlag.All) command.Add(flag.ToOption());
        command.Add(new Option<string>("--resume") { Description = "run to go on with, exactly where it stopped; --epochs and --time may be raised", HelpName = "run" }.OffersRuns());
        command.Add(new Option<string>("--out") { Description = "folder in which runs are kept", HelpName = "folder" });
        command.Add(TrainRequest.SetOption());
        command.Add(TypedFlag.Switch("--no-report", "draw no plots and no page"));
        command.Add(TypedFlag.Switch("--sync-batch-norm", "under mpirun: batch normalisation over the parts of all ranks instead of each rank's own"));
        command.Add(TypedFlag.Switch("--scale-lr", "under mpirun: multiply the learning rate by the number of ranks, for a --batch that was raised so"));
        command.SetAction(parse => Job.Run(output, (ranks, own) => Train(TrainRequest.Of(parse), ranks, own)));
        return command;
    }

    private static int Train(TrainRequest request, Ranks ranks, Output output)
    {
        var store = RunsCommand.Store(request.RunsRoot);
        var begun = request.Resume is { } run && ranks.IsFirst ? store.Find(run) : null;
        var resumed = request.Resume is null ? null : Share(begun, ranks);
        var (options, data) = ranks.InTurn(() => TrainingData.Load(request.Target, request.Overrides, resumed, output));
        if (request.ScaleRate) (options, data) = ScaleRate(options, data, ranks.Count);
        // The other ranks never open the folder: it need not be on their machines.
        var directory = ranks.IsFirst ? begun ?? store.Create("train", options.Name) : new(options.Name);

        var display = ITrainingDisplay.For(output);
        var events = new TrainingEvents(display, output);
        var ended = Train();
        var exitCode = StopReason.ExitCode(ended.StoppedBecause);
        if (!ranks.IsFirst) return exitCode;
        events.End(ended);
        if (request.Report) TrainReport.Write(directory, events.Past, data, options);
        if (exitCode == 0) output.Remark(ExportText.Checked(directory.Onnx, ModelExport.Check(directory, data, options.Threads)));
        events.Next(ended, request.Report);
        return exitCode;

        RunEnded Train()
        {
            using var signals = new StopSignals(display.Show, output.Terminal);
            try
            {
                return display.During(() => request.Resume is null
                    ? TrainingRun.Train(options, data, directory, events.Report, signals.Request, ranks)
                    : TrainingRun.Resume(options, data, directory, events.Report, signals.Request, ranks));
            }
            catch (NinException e) when (ranks.IsFirst)
            {
                // Other ranks wait for no report before they end the job.
                if (request.Report && ranks.Count == 1 && e is TrainingException) TrainReport.TryWrite(directory, events.Past, data, options, output);
                // What did not fit together showed before anything was written: no empty folder stays behind.
                if (Directory.Exists(directory.Path) && !Directory.EnumerateFileSystemEntries(directory.Path).Any()) Directory.Delete(directory.Path);
                throw;
            }
        }
    }

    /// <summary>The options of the run that is resumed, which only the first rank has at hand.</summary>
    private static TrainingOptions Share(RunDirectory? begun, Ranks ranks)
    {
        if (begun is not null && !File.Exists(begun.Options)) throw new UsageException($"{begun.Path} is no run", "it holds no options.json", "see nin runs");
        var options = begun is null ? new TrainingOptions() : OptionsReader.Read(new TrainingOptions(), begun.Options, []);
        return OptionsReader.Parse(ranks.Broadcast(JsonSerializer.Serialize(options, NinJson.Line)), "the first rank's options");
    }

    private static (TrainingOptions Options, DataSet Data) ScaleRate(TrainingOptions options, DataSet data, int ranks)
    {
        var rate = options.Optimizer.LearningRate;
        var scaled = options with { Optimizer = options.Optimizer with { LearningRate = rate * ranks } };
        return (scaled, data with { Remarks = [.. data.Remarks, $"--scale-lr: the learning rate is {NumberText.Rate(rate)} x {ranks} ranks = {NumberText.Rate(rate * ranks)}"] });
    }
}
