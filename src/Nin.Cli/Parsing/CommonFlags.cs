using System.CommandLine;

namespace Nin.Cli.Parsing;

/// <summary>The flags that every command has; <see cref="Consoles.Output.For"/> reads them.</summary>
internal static class CommonFlags
{
    /// <summary>Adds them to the root.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var (name, description) in new[] { ("--json", "JSON on standard output"), ("--quiet", "only the result"), ("--verbose", "stack traces with errors") })
        {
            var flag = TypedFlag.Switch(name, description);
            flag.Recursive = true;
            root.Add(flag);
        }
    }
}
