using Nin.Cli.Consoles;

namespace Nin.Cli.Rendering;

/// <summary>An error as its reader sees it: what, why, fix.</summary>
internal static class ErrorText
{
    /// <summary>Shows an error that its reader can mend; gives its exit code.</summary>
    public static int Show(NinException error, Output output) =>
        Write(new ErrorDocument(error.Message, error.Why, error.Fix, error.ExitCode), error, output);

    /// <summary>Shows a fault of the program itself; gives exit code 1.</summary>
    public static int ShowUnexpected(Exception fault, Output output) => Write(new ErrorDocument(
        $"unexpected {fault.GetType().Name}: {fault.Message.ReplaceLineEndings(" ")}",
        "this is a fault of nin itself",
        output.Verbose ? "please report it together with the lines below" : "run the same command with --verbose and report what it prints",
        1), fault, output);

    private static int Write(ErrorDocument document, Exception cause, Output output)
    {
        var error = output.Terminal.Error;
        error.WriteLine($"error: {document.What}");
        error.WriteLine($"  why: {document.Why}");
        error.WriteLine($"  fix: {document.Fix}");
        if (output.Verbose) error.WriteLine(cause);
        if (!output.HasAnswered) output.JsonLine(document);
        output.Finish();
        return document.ExitCode;
    }

    /// <summary>The same for programs.</summary>
    private sealed record ErrorDocument(string What, string Why, string Fix, int ExitCode)
    {
        /// <summary>Tells it from a run's events.</summary>
        [System.Text.Json.Serialization.JsonPropertyOrder(-1)]
        public string Type { get; } = "error";
    }
}
