using System.Runtime.CompilerServices;

namespace Nin.Cli.Tests;

/// <summary>Text that is compared with a file beside the tests; NIN_UPDATE_SNAPSHOTS=1 writes the file instead.</summary>
internal static class Snapshot
{
    public static void Check(string text, [CallerFilePath] string file = "", [CallerMemberName] string name = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(file)!, "Snapshots", $"{Path.GetFileNameWithoutExtension(file)}.{name}.txt");
        var actual = text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("NIN_UPDATE_SNAPSHOTS") == "1") File.WriteAllText(path, actual);
        Assert.True(File.Exists(path), $"{path} is missing; NIN_UPDATE_SNAPSHOTS=1 writes it");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }
}
