using System.Text;
using Nin.Cli.Consoles;

namespace Nin.Cli.Tests;

/// <summary>Runs command lines in this process and keeps what they say.</summary>
internal sealed class CapturedTerminal
{
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    public CapturedTerminal() => Terminal = new Terminal(new StringWriter(_out), new StringWriter(_error), Clock);

    public Terminal Terminal { get; }

    public ManualClock Clock { get; } = new();

    public string Out => _out.ToString().ReplaceLineEndings("\n");

    public string Error => _error.ToString().ReplaceLineEndings("\n");

    public string[] ErrorLines => Error.TrimEnd('\n').Split('\n');

    public static (int ExitCode, CapturedTerminal Terminal) Run(params string[] args)
    {
        var terminal = new CapturedTerminal();
        return (NinCommandLine.Run(args, terminal.Terminal), terminal);
    }
}
