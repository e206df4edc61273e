using System.CommandLine;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Cli.Rendering;
using Nin.Runs;

namespace Nin.Cli.Commands;

/// <summary><c>nin runs</c>: what was trained, and how it came out.</summary>
internal static class RunsCommand
{
    /// <summary>The command and those below it.</summary>
    public static Command Create(Output output)
    {
        var root = new Option<string>("--out") { Description = "folder in which runs are kept", HelpName = "folder" };
        var command = new NinCommand("runs", "lists the runs with their results",
            new("nin runs", "all runs, as a table"),
            new("nin runs --json", "for a program"),
            new("nin runs compare fashion-mnist fashion-mnist-2", "two of them side by side"))
        {
            root,
            RunsCompareCommand.Create(output),
        };
        command.SetAction(parse =>
        {
            var runs = Store(parse.GetValue(root)).List();
            output.Answer(new { runs = runs.Select(run => new { run.Directory.Name, run.Task, run.Directory.Path, run.StartedAt, run.Options, run.Ended }) }, RunsText.Lines(runs));
            return 0;
        });
        return command;
    }

    /// <summary>The runs of a folder, or of the usual place.</summary>
    public static RunStore Store(string? root) => root is null ? RunStore.Default() : new RunStore(root);
}
