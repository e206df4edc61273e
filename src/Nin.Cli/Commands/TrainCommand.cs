using System.CommandLine;
using Nin.Cli.Consoles;
using Nin.Cli.Exporting;
using Nin.Cli.Parsing;
using Nin.Cli.Rendering;
using Nin.Runs;
using Nin.Training;

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
        command.Add(new Option<bool>("--no-report") { Description = "draw no plots and no page", Arity = ArgumentArity.Zero });
        command.SetAction(parse => Train(TrainRequest.Of(parse), output));
        return command;
    }

    private static int Train(TrainRequest request, Output output)
    {
        var store = RunsCommand.Store(request.RunsRoot);
        var begun = request.Resume is { } run ? store.Find(run) : null;
        var (options, data) = TrainingData.Load(request.Target, request.Overrides, begun?.Options, output);
        var directory = begun ?? store.Create("train", options.Name);

        var display = ITrainingDisplay.For(output);
        using var signals = new StopSignals(display.Show, output.Terminal);
        var events = new TrainingEvents(display, output);
        var ended = Train();
        if (request.Report) TrainReport.Write(directory, events.Past, data);
        events.End(ended);
        var exitCode = StopReason.ExitCode(ended.StoppedBecause);
        if (exitCode == 0) output.Remark(ExportText.Checked(directory.Onnx, ModelExport.Check(directory, data)));
        events.Next(ended, request.Report);
        return exitCode;

        RunEnded Train()
        {
            try
            {
                return display.During(() => begun is null
                    ? TrainingRun.Train(options, data, directory, events.Report, signals.Request)
                    : TrainingRun.Resume(options, data, directory, events.Report, signals.Request));
            }
            catch (NinException)
            {
                events.Fail();
                // What did not fit together showed before anything was written: no empty folder stays behind.
                if (!Directory.EnumerateFileSystemEntries(directory.Path).Any()) Directory.Delete(directory.Path);
                throw;
            }
        }
    }
}
