using System.Text.Json;
using Nin.Cli.Consoles;
using Nin.Cli.Rendering;

namespace Nin.Cli.Tests.Rendering;

public sealed class ErrorTextTests
{
    public static TheoryData<string, int> Kinds => new() { { "usage", 2 }, { "data", 3 }, { "model", 4 }, { "environment", 5 }, { "gate", 6 }, { "training", 7 }, { "output", 1 } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_error_takes_three_lines_and_its_exit_code(string kind, int exitCode)
    {
        var captured = new CapturedTerminal();
        Assert.Equal(exitCode, ErrorText.Show(Error(kind), new Output(captured.Terminal)));
        Assert.Equal("error: it broke\n  why: it was old\n  fix: buy a new one\n", captured.Error);
        Assert.Empty(captured.Out);
    }

    [Fact]
    public void Json_gets_the_error_as_one_object_too()
    {
        var captured = new CapturedTerminal();
        ErrorText.Show(Error("data"), new Output(captured.Terminal, json: true));
        Assert.Equal("""{"type":"error","what":"it broke","why":"it was old","fix":"buy a new one","exit_code":3}""" + "\n", captured.Out);
    }

    [Fact]
    public void A_document_that_was_written_stays_the_only_one()
    {
        var captured = new CapturedTerminal();
        var output = new Output(captured.Terminal, json: true);
        output.Answer(new { top1 = 0.5 }, []);
        ErrorText.Show(Error("gate"), output);
        Assert.Equal(0.5, JsonDocument.Parse(captured.Out).RootElement.GetProperty("top1").GetDouble());
    }

    [Fact]
    public void A_stack_trace_is_shown_only_when_asked_for()
    {
        var captured = new CapturedTerminal();
        ErrorText.Show(Error("data"), new Output(captured.Terminal, verbose: true));
        Assert.Contains("Nin.DataException: it broke", captured.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_of_the_program_asks_for_a_report()
    {
        var captured = new CapturedTerminal();
        Assert.Equal(1, ErrorText.ShowUnexpected(new InvalidOperationException("two\nlines"), new Output(captured.Terminal)));
        Assert.Equal(3, captured.ErrorLines.Length);
        Assert.Equal("error: unexpected InvalidOperationException: two lines", captured.ErrorLines[0]);
        Assert.Contains("--verbose", captured.ErrorLines[2], StringComparison.Ordinal);
    }

    private static NinException Error(string kind)
    {
        const string What = "it broke", Why = "it was old", Fix = "buy a new one";
        return kind switch
        {
            "usage" => new UsageException(What, Why, Fix),
            "data" => new DataException(What, Why, Fix),
            "model" => new ModelException(What, Why, Fix),
            "environment" => new EnvironmentException(What, Why, Fix),
            "gate" => new GateException(What, Why, Fix),
            "training" => new TrainingException(What, Why, Fix),
            _ => new OutputException(What, Why, Fix),
        };
    }
}
