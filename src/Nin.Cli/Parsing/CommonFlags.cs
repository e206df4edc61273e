using System.CommandLine;

namespace Nin.Cli.Parsing;

/// <summary>The flags that every command has; <see cref="Consoles.Output.For"/> reads them.</summary>
internal static class CommonFlags
{
    /// <summary>Adds them to the root.</summary>
    public static void AddTo(RootCommand root)
    {
        root.Add(Switch("--json", "JSON on standard output"));
        root.Add(Switch("--quiet", "only the result"));
        root.Add(Switch("--verbose", "stack traces with errors"));
    }

    private static Option<bool> Switch(string name, string description) =>
        new(name) { Description = description, Recursive = true, Arity = ArgumentArity.Zero };
}
