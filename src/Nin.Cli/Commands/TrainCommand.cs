using System.CommandLine;
using Nin.Cli.Consoles;
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
            new("nin train mnist --net nin-mnist --time 30m", "another data set and network, for half an hour"),
            new("nin train ./photos", "your own images: ./photos/<class>/*.jpg, or ./photos/train/<class>/*.jpg"),
            new("nin train --resume fashion-mnist --epochs 20", "go on where a run stopped, for longer"),
            new("nin train writeup-a --set optimizer.nesterov=true", "a recipe of configs/ with one option changed"))
        {
            new Argument<string?>("target") { Description = "recipe of configs/, built-in data set, or folder of images; fashion-mnist when left out", Arity = ArgumentArity.ZeroOrOne },
            new Option<string>("--data") { Description = "built-in data set, folder of images, or folder that holds the official files", HelpName = "name|folder" },
            new Option<string>("--config") { Description = "recipe to begin with: a name of configs/ or a JSON file", HelpName = "name|file" },
        };
        foreach (var flag in TrainingFlag.All) command.Add(flag.ToOption());
        command.Add(new Option<string>("--resume") { Description = "run to go on with, exactly where it stopped; --epochs and --time may be raised", HelpName = "run" });
        command.Add(new Option<string>("--out") { Description = "folder in which runs are kept", HelpName = "folder" });
        command.Add(new Option<string[]>("--set") { Description = "any option by its path; may be repeated", HelpName = "a.b=value", Arity = ArgumentArity.OneOrMore });
        command.Add(new Option<bool>("--no-report") { Description = "draw no plots and no page", Arity = ArgumentArity.Zero });
        command.SetAction(parse => Train(TrainRequest.Of(parse), output));
        return command;
    }

    private static int Train(TrainRequest request, Output output)
    {
        var store = RunsCommand.Store(request.RunsRoot);
        var begun = request.Resume is { } run ? store.Find(run) : null;
        var (options, data) = TrainingData.Load(request, begun?.Options, output);
        var directory = begun ?? store.Create("train", options.Name);

        var display = ITrainingDisplay.For(output);
        using var signals = new StopSignals(display.Show, output.Terminal);
        var events = new TrainingEvents(display, output);
        var ended = Train();
        if (request.Report) TrainReport.Write(directory, events.Past);
        events.End(ended, request.Report);
        return StopReason.ExitCode(ended.StoppedBecause);

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
