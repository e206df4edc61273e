using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Nin.Cli.Commands;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Cli.Rendering;
using Nin.Training.Distributed;

namespace Nin.Cli;

/// <summary>The way through every invocation: parse, check, run; whatever goes wrong is told in one place.</summary>
internal static class NinCommandLine
{
    /// <summary>Runs a command line and gives its exit code.</summary>
    public static int Run(IReadOnlyList<string> args, Terminal terminal)
    {
        var output = Output.For(args, terminal);
        try
        {
            var parse = Root(output).Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
            // What a shell wants completed ([suggest]) need not make sense yet.
            if (parse.Action is not HelpText && parse.Tokens is not [{ Type: TokenType.Directive }, ..]) Mistakes.Check(parse);
            return parse.Invoke(new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (UsageException) when (Launcher.Rank > 0)
        {
            return 0; // A mistyped command line: the first rank says so, unless another's exit code makes mpirun end it before.
        }
        catch (NinException error)
        {
            return ErrorText.Show(error, output);
        }
#pragma warning disable CA1031 // The one place where a fault of ours is turned into a request for a report.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return ErrorText.ShowUnexpected(fault, output);
        }
    }

    /// <summary>Every command.</summary>
    public static RootCommand Root(Output output)
    {
        var root = new RootCommand("Network In Network for .NET: trains, tests and explains image classifiers.")
        {
            TrainCommand.Create(output),
            EvalCommand.Create(output),
            PredictCommand.Create(output),
            ExplainCommand.Create(output),
            ExportCommand.Create(output),
            ImportCommand.Create(output),
            EditCommand.Create(output),
            SummaryCommand.Create(output),
            DataCommand.Create(output),
            RunsCommand.Create(output),
            LearningRateCommand.Create(output),
            ReproduceCommand.Create(output),
            ServeCommand.Create(output),
            BenchCommand.Create(output),
            DoctorCommand.Create(output),
            CompletionsCommand.Create(output),
        };
        CommonFlags.AddTo(root);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Description = "show this help";
        help.Aliases.Clear();
        help.Aliases.Add("-h");
        help.Action = new HelpText();
        var version = root.Options.OfType<VersionOption>().Single();
        version.Description = "show the versions of nin and of what it computes with";
        version.Action = new VersionText(output);
        root.SetAction(parse => HelpText.Write(parse.CommandResult.Command, output.Terminal.Out));
        return root;
    }
}
