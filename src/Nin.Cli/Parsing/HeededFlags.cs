using System.CommandLine;

namespace Nin.Cli.Parsing;

/// <summary>Flags of a command that does one of several things.</summary>
internal static class HeededFlags
{
    /// <summary>Passes where every flag of the command that was typed is heeded.</summary>
    /// <param name="parse">What was typed.</param>
    /// <param name="thing">What is done: a flag, or what it is done to.</param>
    /// <param name="heeded">The flags that go with it.</param>
    /// <exception cref="UsageException">One would be ignored.</exception>
    public static void OnlyHeeds(this ParseResult parse, string thing, params Option[] heeded)
    {
        var ignored = parse.CommandResult.Command.Options.FirstOrDefault(option => !heeded.Contains(option) && parse.GetResult(option) is { Implicit: false });
        if (ignored is not null) throw new UsageException($"{ignored.Name} does not go together with {thing}", $"only these do: {string.Join(", ", heeded.Select(option => option.Name).Where(name => name != thing))}", $"leave out {ignored.Name}");
    }
}
