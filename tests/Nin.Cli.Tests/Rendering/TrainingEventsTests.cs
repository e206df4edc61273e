using System.Text.Json;
using Nin.Cli.Consoles;
using Nin.Cli.Rendering;

namespace Nin.Cli.Tests.Rendering;

public sealed class TrainingEventsTests
{
    [Fact]
    public void Json_is_one_event_a_line_without_steps_and_ends_with_run_end()
    {
        var captured = Play(json: true);
        var types = captured.Out.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(["run_start", "estimate", "epoch_end", "notice", "epoch_end", "run_end"], types.Select(line => line.GetProperty("type").GetString()));
        Assert.Equal(1, types[^1].GetProperty("schema_version").GetInt32());
        Assert.Equal(0.9205, types[^1].GetProperty("test_accuracy").GetDouble());
        Assert.Contains("test accuracy", captured.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_failed_still_has_its_end_behind_the_error()
    {
        var captured = new CapturedTerminal();
        var output = new Output(captured.Terminal, json: true);
        var events = new TrainingEvents(ITrainingDisplay.For(output), output);
        events.Report(RunSamples.Ended with { StoppedBecause = "collapsed" });
        ErrorText.Show(new TrainingException("it collapsed", "every map is dead", "lower --lr"), output);
        Assert.Equal(["error", "run_end"], captured.Out.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("type").GetString()));
    }

    [Fact]
    public void The_result_goes_to_standard_output_and_all_else_to_standard_error()
    {
        var captured = Play();
        Snapshot.Check(captured.Out);
        Assert.Contains("nin eval runs/train/fashion-mnist", captured.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_test_with_mirror_images_stands_below_the_plain_one() =>
        Assert.Equal(["test accuracy    92.05 %", "test with flips  92.61 %"], TrainingLines.Result(RunSamples.Ended with { TestAccuracyFlips = 0.9261 }).Take(2));

    [Theory]
    [InlineData("interrupted", "  nin train --resume 'runs/train/My Photos'")]
    [InlineData("epochs", "  nin eval 'runs/train/My Photos'")]
    public void What_to_do_next_can_be_pasted(string reason, string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "quotes are double there");
        Assert.Equal(command, TrainingLines.Next(RunSamples.Ended with { RunDir = "runs/train/My Photos", StoppedBecause = reason }, report: false).ElementAt(1));
    }

    [Fact]
    public void Quiet_shows_only_the_result()
    {
        var captured = Play(quiet: true);
        Assert.StartsWith("test accuracy  92.05 %", captured.Out, StringComparison.Ordinal);
        Assert.Empty(captured.Error);
    }

    [Theory]
    [InlineData("terminated", 143)]
    [InlineData("interrupted", 130)]
    [InlineData("epochs", 0)]
    [InlineData("converged", 0)]
    public void The_exit_code_tells_what_stopped_the_run(string reason, int exitCode) => Assert.Equal(exitCode, StopReason.ExitCode(reason));

    private static CapturedTerminal Play(bool json = false, bool quiet = false)
    {
        var captured = new CapturedTerminal();
        var output = new Output(captured.Terminal, json, quiet);
        var events = new TrainingEvents(ITrainingDisplay.For(output), output);
        foreach (var (_, happened) in RunSamples.Events()) events.Report(happened);
        events.End(RunSamples.Ended);
        events.Next(RunSamples.Ended, report: true);
        return captured;
    }
}
