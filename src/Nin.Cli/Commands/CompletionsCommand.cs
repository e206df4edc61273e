using System.CommandLine;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;

namespace Nin.Cli.Commands;

/// <summary><c>nin completions</c>: a script with which a shell completes nin's commands, flags, recipes, networks and runs.</summary>
internal static class CompletionsCommand
{
    private static readonly string[] _shells = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var shell = new Argument<string>("shell") { Description = string.Join(", ", _shells) };
        shell.CompletionSources.Add(_shells);
        var command = new NinCommand("completions", "prints a script with which a shell completes what is typed after nin",
            new("nin completions bash", "for this shell: source <(nin completions bash); for every one, into ~/.local/share/bash-completion/completions/nin"),
            new("nin completions zsh", "into a folder of fpath, as _nin"),
            new("nin completions fish", "into ~/.config/fish/completions/nin.fish"),
            new("nin completions pwsh", "for this shell: nin completions pwsh | Out-String | Invoke-Expression; for every one, into $PROFILE"))
        {
            shell,
        };
        command.SetAction(parse =>
        {
            var name = parse.GetRequiredValue(shell);
            if (!_shells.Contains(name)) throw new UsageException($"there is no script for the shell '{name}'", $"there is one for {string.Join(", ", _shells)}", Suggestion.Remedy(name, _shells));
            using var script = new StreamReader(typeof(CompletionsCommand).Assembly.GetManifestResourceStream($"nin.{name}")!);
            output.Terminal.Out.Write(script.ReadToEnd());
            return 0;
        });
        return command;
    }
}
