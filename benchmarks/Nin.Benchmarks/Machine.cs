using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Nin.Benchmarks;

/// <summary>Where and when something was measured.</summary>
/// <param name="Processor">Its name and vector instructions.</param>
/// <param name="Slug">Its name as a file name.</param>
/// <param name="Cores">Logical cores.</param>
/// <param name="Platform">Operating system.</param>
/// <param name="Runtime">Version of .NET.</param>
/// <param name="Date">Of the measurement, UTC.</param>
/// <param name="Commit">Of the sources.</param>
internal sealed partial record Machine(string Processor, string Slug, int Cores, string Platform, string Runtime, DateTime Date, string Commit)
{
    /// <summary>This machine, now.</summary>
    public static Machine Find() => new(
        $"{Training.Native.Processor.Name} ({string.Join(", ", Training.Native.Processor.Features)})",
        SlugOf(Training.Native.Processor.Name),
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        DateTime.UtcNow,
        FindCommit());

    /// <summary>Lower case, digits and hyphens: "AMD EPYC 9B45" as amd-epyc-9b45.</summary>
    public static string SlugOf(string name) => NotInSlugs().Replace(name.ToLowerInvariant(), "-").Trim('-');

    private static string FindCommit()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["describe", "--always", "--dirty", "--abbrev=10"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var commit = git.StandardOutput.ReadToEnd().Trim();
            return commit.Length > 0 ? commit : "unknown";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown"; // git is not installed
        }
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInSlugs();
}
