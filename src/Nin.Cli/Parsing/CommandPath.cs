using System.CommandLine;

namespace Nin.Cli.Parsing;

/// <summary>A command's place: <c>nin data info</c>.</summary>
internal static class CommandPath
{
    /// <summary>The words that call a command.</summary>
    public static string Of(Command command) =>
        string.Join(' ', Up(command).Reverse().Select(each => each is RootCommand ? "nin" : each.Name));

    /// <summary>The command, its parent, up to the root.</summary>
    public static IEnumerable<Command> Up(Command command)
    {
        for (var each = command; each is not null; each = each.Parents.OfType<Command>().FirstOrDefault()) yield return each;
    }
}
