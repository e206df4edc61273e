using System.CommandLine;

namespace Nin.Cli.Parsing;

/// <summary>A command that can show how it is used.</summary>
internal sealed class NinCommand(string name, string description, params Example[] examples) : Command(name, description)
{
    /// <summary>With these its help begins.</summary>
    public IReadOnlyList<Example> Examples => examples;
}
