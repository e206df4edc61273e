using System.CommandLine;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Cli.Rendering;
using Nin.Reports;
using Nin.Runs;

namespace Nin.Cli.Commands;

/// <summary><c>nin runs compare</c>: results, options and curves of runs side by side.</summary>
internal static class RunsCompareCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var names = new Argument<string[]>("runs") { Description = "names or folders; the latest two when left out", Arity = ArgumentArity.ZeroOrMore };
        var root = new Option<string>("--out") { Description = "folder in which runs are kept", HelpName = "folder" };
        var plot = new Option<string>("--plot") { Description = "picture of the curves to write", HelpName = "file" };
        var command = new NinCommand("compare", "lays results, options and curves of runs side by side",
            new("nin runs compare", "the latest two"),
            new("nin runs compare baseline wider deeper", "three by name"),
            new("nin runs compare baseline wider --plot curves.png", "with a picture of the curves"))
        {
            names, root, plot,
        };
        command.SetAction(parse =>
        {
            var runs = Find(new RunStore(parse.GetValue(root)), parse.GetValue(names) ?? []);
            var curves = runs.Select(run => new RunCurve(run, File.Exists(run.Directory.Results) ? ResultsCsv.Read(run.Directory.Results) : [])).ToArray();
            if (parse.GetValue(plot) is { } path) CompareCurvesPlot.Write(curves.Select(curve => (curve.Name, curve.Epochs)), path);
            output.Answer(new { runs = curves.Select(curve => new { curve.Name, curve.Run.Options, curve.Run.Ended, curve.Epochs }) }, CompareText.Lines(curves));
            return 0;
        });
        return command;
    }

    private static RunSummary[] Find(RunStore store, string[] names)
    {
        var all = store.List();
        if (names.Length == 0) names = [.. all.TakeLast(2).Select(run => run.Directory.Path)];
        if (names.Length < 2)
            throw new UsageException($"{names.Length} run{(names.Length == 1 ? " is" : "s are")} not enough to compare", "a comparison needs two runs", all.Count < 2 ? "train another one: nin train" : $"name two of: {string.Join(", ", all.Select(run => run.Directory.Name))}");
        return [.. names.Select(store.Find).Select(directory => all.FirstOrDefault(run => Path.GetFullPath(run.Directory.Path) == Path.GetFullPath(directory.Path)) ?? new RunSummary(directory, null, null))];
    }
}
