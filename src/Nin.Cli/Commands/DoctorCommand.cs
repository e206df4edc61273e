using System.CommandLine;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Cli.Rendering;
using Nin.Training;

namespace Nin.Cli.Commands;

/// <summary><c>nin doctor</c>: whether this machine has what is needed.</summary>
internal static class DoctorCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var command = new NinCommand("doctor", "says what was found on this machine and what is missing",
            new("nin doctor", "as a list; exit code 5 when something is missing"),
            new("nin doctor --json", "for a program, or to add to a report"));
        command.SetAction(_ =>
        {
            var findings = Doctor.Examine();
            output.Answer(new { findings }, FindingsText.Lines(findings));
            Finding[] missing = [.. findings.Where(finding => finding.State == FindingState.Missing)];
            return missing.Length == 0 ? 0 : throw new EnvironmentException(
                $"{string.Join(", ", missing.Select(finding => finding.Subject))} {(missing.Length == 1 ? "is" : "are")} missing",
                missing[0].Text,
                missing[0].Remedy ?? "see above");
        });
        return command;
    }
}
