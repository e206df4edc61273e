using System.Text;
using Spectre.Console;

namespace Nin.Cli.Consoles;

/// <summary>Where a command writes and how it tells the time.</summary>
/// <param name="Out">Standard output: results.</param>
/// <param name="Error">Standard error: all else.</param>
/// <param name="Clock">Tells the time.</param>
/// <param name="Live">Draws a moving bar on standard error; null where there is no terminal to draw on.</param>
/// <param name="Colours">Whether standard output shows colours.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error, TimeProvider Clock, IAnsiConsole? Live = null, bool Colours = false)
{
    /// <summary>That of this process: plain when redirected, and under NO_COLOR or TERM=dumb.</summary>
    public static Terminal OfProcess() => new(StandardOutput(), Console.Error, TimeProvider.System, LiveConsole(), Colours: !Console.IsOutputRedirected && !IsPlain);

    /// <summary>Files and pipes get UTF-8, whatever the console's encoding: what they hold is for programs.</summary>
    private static TextWriter StandardOutput() =>
        Console.IsOutputRedirected ? TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true }) : Console.Out;

    private static bool IsPlain => Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } || Environment.GetEnvironmentVariable("TERM") is "dumb";

    private static IAnsiConsole? LiveConsole()
    {
        if (Console.IsErrorRedirected || IsPlain) return null;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Profile.Capabilities.Ansi ? console : null;
    }
}
