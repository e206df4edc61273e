using System.CommandLine;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Cli.Rendering;
using Nin.Files;
using Nin.Reports.Curves;
using Nin.Runs;

namespace Nin.Cli.Commands;

/// <summary><c>nin runs compare</c>: results, options and curves of runs side by side.</summary>
internal static class RunsCompareCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var names = new Argument<string[]>("runs") { Description = "names or folders; the latest two that were trained when left out", Arity = ArgumentArity.ZeroOrMore }.OffersRuns();
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
            var runs = Find(RunsCommand.Store(parse.GetValue(root)), parse.GetValue(names) ?? []);
            var columns = runs.Select(run => new RunColumn(run, File.Exists(run.Directory.Results) ? ResultsCsv.Read(run.Directory.Results) : [])).ToArray();
            if (parse.GetValue(plot) is { } path) Draw(columns, path);
            output.Answer(new { runs = columns.Select(column => new { column.Name, column.Run.Options, column.Run.Ended, column.Epochs }) }, CompareText.Lines(columns));
            return 0;
        });
        return command;
    }

    private static void Draw(IEnumerable<RunColumn> columns, string path)
    {
        var picture = CompareCurvesPlot.Png([.. columns.Select(column => new RunCurve(column.Name, column.Epochs))]);
        AtomicFile.Write(path, stream => stream.Write(picture));
    }

    private static RunSummary[] Find(RunStore store, string[] names)
    {
        RunSummary[] all = [.. store.List().Where(run => run.Options is not null)];
        if (names.Length == 0) names = [.. all.Take(2).Reverse().Select(run => run.Directory.Path)];
        if (names.Length < 2)
            throw new UsageException($"{Counted.Of(names.Length, "run")} {(names.Length == 1 ? "is" : "are")} not enough to compare", "a comparison needs two runs", all.Length < 2 ? "train another one: nin train" : $"name two of: {string.Join(", ", all.Select(run => run.Directory.Name))}");
        return [.. names.Select(store.Find).Select(RunSummary.Of)];
    }
}
