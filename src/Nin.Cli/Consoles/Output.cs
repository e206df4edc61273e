using System.Text.Json;
using System.Text.Json.Nodes;
using Nin.Json;

namespace Nin.Cli.Consoles;

/// <summary>What one invocation says: results and documents on standard output, remarks on standard error.</summary>
internal sealed class Output(Terminal terminal, bool json = false, bool quiet = false, bool verbose = false)
{
    private string? _last;

    /// <summary>Where it goes.</summary>
    public Terminal Terminal => terminal;

    /// <summary>Standard output is for a program: JSON and nothing else.</summary>
    public bool Json => json;

    /// <summary>Only results are wanted.</summary>
    public bool Quiet => quiet;

    /// <summary>Stack traces are wanted.</summary>
    public bool Verbose => verbose;

    /// <summary>Whether the one document of this invocation is already written.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Reads --json, --quiet and --verbose ahead of parsing, so that parse errors heed them too.</summary>
    public static Output For(IEnumerable<string> args, Terminal terminal)
    {
        var flags = args.TakeWhile(arg => arg != "--").ToHashSet();
        return new Output(terminal, flags.Contains("--json"), flags.Contains("--quiet"), flags.Contains("--verbose"));
    }

    /// <summary>The same for a process that leaves talking to another.</summary>
    public Output Silent() => new(new(TextWriter.Null, TextWriter.Null, terminal.Clock), quiet: true);

    /// <summary>The answer of a command: a document for programs, lines for people.</summary>
    public void Answer(object document, IEnumerable<string> lines)
    {
        if (!json)
        {
            foreach (var line in lines) terminal.Out.WriteLine(line);
            return;
        }
        HasAnswered = true;
        terminal.Out.WriteLine(WithSchemaVersion(document).ToJsonString(NinJson.Indented));
    }

    /// <summary>One JSON object on one line, where JSON was asked for.</summary>
    public void JsonLine<T>(T document)
    {
        if (json) terminal.Out.WriteLine(JsonSerializer.Serialize(document, NinJson.Line));
    }

    /// <summary>The same, for what has to come last: it is written by <see cref="Finish"/>, whatever else there is to say before.</summary>
    public void HoldBack<T>(T document)
    {
        if (json) _last = JsonSerializer.Serialize(document, NinJson.Line);
    }

    /// <summary>Nothing comes any more but what was held back.</summary>
    public void Finish()
    {
        if (_last is not null) terminal.Out.WriteLine(_last);
        _last = null;
    }

    /// <summary>A line that is no result.</summary>
    public void Remark(string line)
    {
        if (!quiet) terminal.Error.WriteLine(line);
    }

    private static JsonObject WithSchemaVersion(object document)
    {
        var node = JsonSerializer.SerializeToNode(document, NinJson.Indented)!.AsObject();
        if (!node.ContainsKey("schema_version")) node.Insert(0, "schema_version", 1);
        return node;
    }
}
