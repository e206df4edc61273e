using System.CommandLine;
using System.CommandLine.Parsing;

namespace Nin.Cli.Parsing;

/// <summary>Turns what the parser could not place into an error that says what was meant.</summary>
internal static class Mistakes
{
    /// <summary>Passes when everything that was typed has its place.</summary>
    /// <exception cref="UsageException">It has not.</exception>
    public static void Check(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        // The parser takes an unknown flag for an argument or for the value of the flag before it.
        var flag = parse.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).FirstOrDefault(token => token.Type == TokenType.Argument && IsFlag(token.Value));
        if (flag is not null) throw UnknownFlag(command, flag.Value.Split('=', ':')[0]);
        if (parse.Tokens.Any(token => token.Value.Length == 0))
            throw new UsageException("a word is empty", $"{CommandPath.Of(command)} was given '', which a shell makes of a variable that is not set", "set the variable, or leave the word out");
        if (parse.UnmatchedTokens is [var unmatched, ..]) throw command.Subcommands.Count > 0 ? UnknownCommand(command, unmatched) : TooMuch(command, unmatched);
        if (parse.Errors is [var first, ..]) throw Other(command, first);
    }

    private static bool IsFlag(string text) => text.Length > 1 && text[0] == '-' && (text[1] == '-' || char.IsAsciiLetter(text[1]));

    private static UsageException UnknownFlag(Command command, string typed)
    {
        var known = CommandPath.Up(command).SelectMany(each => each.Options.Where(option => each == command || option.Recursive)).Select(option => option.Name);
        var nearest = Suggestion.Nearest(typed, known);
        return new UsageException($"there is no flag '{typed}'", $"{CommandPath.Of(command)} does not have it",
            nearest is null ? $"see {CommandPath.Of(command)} --help" : $"did you mean '{nearest}'?");
    }

    private static UsageException UnknownCommand(Command command, string typed)
    {
        string[] known = [.. command.Subcommands.SelectMany(sub => sub.Aliases.Prepend(sub.Name))];
        return new UsageException($"there is no command '{CommandPath.Of(command)} {typed}'", $"the commands are {string.Join(", ", known)}",
            Suggestion.Nearest(typed, known) is { } nearest ? $"did you mean '{CommandPath.Of(command)} {nearest}'?" : $"see {CommandPath.Of(command)} --help");
    }

    private static UsageException TooMuch(Command command, string typed) =>
        new($"'{typed}' is one word too many", command.Arguments.Count == 0 ? $"{CommandPath.Of(command)} takes flags only" : $"{CommandPath.Of(command)} takes {Counted(command.Arguments)}", $"see {CommandPath.Of(command)} --help");

    private static string Counted(IList<Argument> arguments) => string.Join(" and ", arguments.Select(argument => $"one {argument.Name}"));

    private static UsageException Other(Command command, ParseError error) => error.SymbolResult switch
    {
        OptionResult { Tokens.Count: 0 } option => new($"{option.Option.Name} lacks its value", $"it takes <{option.Option.HelpName}>: {option.Option.Description}", $"{CommandPath.Of(command)} {option.Option.Name} <{option.Option.HelpName}>"),
        OptionResult option => new($"{option.Option.Name} was given {option.Tokens.Count} values", "it takes one", $"keep one {option.Option.Name}"),
        ArgumentResult argument => new($"{CommandPath.Of(command)} lacks its {argument.Argument.Name}", $"it takes one {argument.Argument.Name}: {argument.Argument.Description}", $"{CommandPath.Of(command)} <{argument.Argument.Name}>"),
        _ => new(error.Message.TrimEnd('.'), "the command line could not be read", $"see {CommandPath.Of(command)} --help"),
    };
}
