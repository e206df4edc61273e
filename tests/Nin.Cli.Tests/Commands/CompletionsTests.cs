using System.Diagnostics;
using Nin.Cli.Consoles;

namespace Nin.Cli.Tests.Commands;

public sealed class CompletionsTests
{
    [Theory]
    [InlineData("", "train", "predict", "completions")]
    [InlineData("da", "data")]
    [InlineData("data ", "list", "get", "info", "preview")]
    [InlineData("train --sche", "--schedule")]
    [InlineData("train --schedule ", "one-cycle", "plateau")]
    [InlineData("train ", "fashion-mnist", "cifar10", "writeup-c")]
    [InlineData("summary nin-d", "nin-d2l")]
    [InlineData("completions f", "fish")]
    [InlineData("reproduce ", "parameters", "figure3")]
    [InlineData("eval --part ", "test", "val", "train")]
    public void What_was_begun_is_completed(string typed, params string[] offered)
    {
        var (exitCode, terminal) = CapturedTerminal.Run($"[suggest:{typed.Length}]", typed);
        Assert.Equal(0, exitCode);
        Assert.Empty(terminal.Error);
        Assert.Subset(terminal.Out.Split('\n').ToHashSet(), offered.ToHashSet());
    }

    [Theory]
    [InlineData("eval")]
    [InlineData("predict")]
    [InlineData("serve")]
    public void Commands_that_take_runs_offer_them(string command) =>
        Assert.NotEmpty(NinCommandLine.Root(new Output(new CapturedTerminal().Terminal)).Subcommands.Single(each => each.Name == command).Arguments[0].CompletionSources);

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public void Each_shell_has_a_script(string shell)
    {
        var (exitCode, terminal) = CapturedTerminal.Run("completions", shell);
        Assert.Equal(0, exitCode);
        Assert.Contains("suggest:", terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_shell_suggests_the_nearest_one()
    {
        var (exitCode, terminal) = CapturedTerminal.Run("completions", "bsh");
        Assert.Equal(2, exitCode);
        Assert.Equal("  fix: did you mean 'bash'?", terminal.ErrorLines[2]);
    }

    [Theory]
    [InlineData("nin tr", "train")]
    [InlineData("nin summary nin-cou", "nin-course")]
    [InlineData("nin train --on-c", "--on-collapse")]
    [InlineData("nin predict picture-that-no-run-is-named-after", "")]
    public void Bash_completes_with_the_script(string line, string expected)
    {
        if (OperatingSystem.IsWindows()) return;
        var script = CapturedTerminal.Run("completions", "bash").Terminal.Out;
        var program = Path.Combine(AppContext.BaseDirectory, "Nin.Cli.dll");
        var words = line.Split(' ');
        // What bash does at the tab key, without a terminal: the words and the place, then the function.
        var start = new ProcessStartInfo("bash", ["-c", $$"""
            {{script}}
            nin() { dotnet '{{program}}' "$@"; }
            COMP_WORDS=({{line}}); COMP_CWORD={{words.Length - 1}}
            _nin nin
            echo "${COMPREPLY[*]}"
            """])
        { RedirectStandardOutput = true };
        using var bash = Process.Start(start)!;
        Assert.Equal(expected, bash.StandardOutput.ReadToEnd().Trim());
    }
}
