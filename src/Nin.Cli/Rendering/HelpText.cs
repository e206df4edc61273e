using System.CommandLine;
using System.CommandLine.Invocation;
using Nin.Cli.Parsing;

namespace Nin.Cli.Rendering;

/// <summary>The help of a command: what it does, examples, then its arguments and flags.</summary>
internal sealed class HelpText : SynchronousCommandLineAction
{
    private static readonly Example[] _first =
    [
        new("nin train", "train, test and report on Fashion-MNIST, which is built in"),
        new("nin train ./photos", "the same on your own images"),
        new("nin eval fashion-mnist", "test the run of that name"),
        new("nin predict photo.png", "classify a picture by the model that ships"),
        new("nin summary nin-cifar10", "a network layer by layer"),
    ];

    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult) => Write(parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);

    /// <summary>Writes the help of a command; gives exit code 0.</summary>
    public static int Write(Command command, TextWriter to)
    {
        var examples = command is NinCommand own ? own.Examples : command is RootCommand ? _first : [];
        to.WriteLine(command is RootCommand ? command.Description : $"{CommandPath.Of(command)}: {command.Description}");
        Section(to, "Examples", examples.Select(example => (example.Line, example.Meaning)));
        to.WriteLine();
        to.WriteLine($"Usage: {Usage(command)}");
        Section(to, "Commands", command.Subcommands.Select(sub => (string.Join(", ", sub.Aliases.Prepend(sub.Name)), sub.Description ?? "")));
        Section(to, "Arguments", command.Arguments.Select(argument => (argument.Name, argument.Description ?? "")));
        Section(to, "Flags", command.Options.Where(option => !option.Recursive).Select(Row));
        Section(to, "Flags of every command", CommandPath.Up(command).SelectMany(parent => parent.Options).Where(option => option.Recursive).Select(Row));
        return 0;
    }

    private static string Usage(Command command)
    {
        var arguments = command.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues > 0 ? $" <{argument.Name}>" : $" [{argument.Name}]");
        var subcommand = command.Subcommands.Count > 0 ? " [command]" : "";
        return $"{CommandPath.Of(command)}{subcommand}{string.Concat(arguments)} [flags]";
    }

    private static (string, string) Row(Option option)
    {
        var names = option is System.CommandLine.Help.HelpOption ? "--help, -h" : option.Name;
        return (option.HelpName is { } value ? $"{names} <{value}>" : names, option.Description ?? "");
    }

    private static void Section(TextWriter to, string title, IEnumerable<(string Left, string Right)> rows)
    {
        var all = rows.ToArray();
        if (all.Length == 0) return;
        to.WriteLine();
        to.WriteLine($"{title}:");
        var width = all.Max(row => row.Left.Length);
        foreach (var (left, right) in all) to.WriteLine($"  {left.PadRight(width)}  {right}".TrimEnd());
    }
}
