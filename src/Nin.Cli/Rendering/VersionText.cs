using System.CommandLine;
using System.CommandLine.Invocation;

namespace Nin.Cli.Rendering;

/// <summary><c>nin --version</c>.</summary>
internal sealed class VersionText : SynchronousCommandLineAction
{
    /// <summary>Major, minor, patch.</summary>
    public static string Version { get; } = typeof(VersionText).Assembly.GetName().Version!.ToString(3);

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine($"nin {Version}");
        return 0;
    }
}
