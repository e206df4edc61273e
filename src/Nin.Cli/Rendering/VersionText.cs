using System.CommandLine;
using System.CommandLine.Invocation;
using Nin.Cli.Consoles;
using Nin.Inference;
using Nin.Training.Native;

namespace Nin.Cli.Rendering;

/// <summary><c>nin --version</c>: this program, and what it computes with.</summary>
internal sealed class VersionText(Output output) : SynchronousCommandLineAction
{
    /// <summary>Major, minor, patch.</summary>
    public static string Version { get; } = typeof(VersionText).Assembly.GetName().Version!.ToString(3);

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        var versions = new { nin = Version, libtorch = OfLibtorch(), onnx_runtime = Classifier.RuntimeVersion, dotnet = $"{Environment.Version}" };
        output.Answer(versions, [$"nin {versions.nin}", .. TextTable.Pairs([("libtorch", versions.libtorch), ("ONNX Runtime", versions.onnx_runtime), (".NET", versions.dotnet)], "  ")]);
        return 0;
    }

    private static string OfLibtorch()
    {
        try
        {
            return Libtorch.Version();
        }
        catch (EnvironmentException)
        {
            return "missing; nin doctor says why";
        }
    }
}
