using System.Text;
using System.Text.Json;
using Nin.Json;
using Nin.Recipes;

namespace Nin.Runs;

/// <summary>A run as a list of runs shows it.</summary>
/// <param name="Directory">Where it is.</param>
/// <param name="Task">The folder above, for example <c>train</c>.</param>
/// <param name="StartedAt">When its options were written.</param>
/// <param name="Options">Null where they are missing or cannot be read.</param>
/// <param name="Ended">Null where the run goes on, or was killed.</param>
public sealed record RunSummary(RunDirectory Directory, string Task, DateTimeOffset StartedAt, TrainingOptions? Options, RunEnded? Ended)
{
    /// <summary>More than the longest event takes.</summary>
    private const int Tail = 64 << 10;

    /// <summary>Reads what there is; a damaged file counts as missing, so that one run cannot hide the others.</summary>
    public static RunSummary Of(RunDirectory directory)
    {
        var task = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(directory.Path))) ?? "";
        var startedAt = File.Exists(directory.Options) ? File.GetLastWriteTimeUtc(directory.Options) : System.IO.Directory.GetLastWriteTimeUtc(directory.Path);
        var options = Try(() => JsonSerializer.Deserialize<TrainingOptions>(File.ReadAllText(directory.Options), NinJson.Line));
        var ended = Try(() => JsonSerializer.Deserialize<RunEvent>(LastLine(directory.Events), NinJson.Line)) as RunEnded;
        return new(directory, task, startedAt, options, ended);
    }

    private static string LastLine(string path)
    {
        using var file = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = Math.Max(0, file.Length - Tail);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd().TrimEnd('\n', '\r').Split('\n')[^1];
    }

    private static T? Try<T>(Func<T?> read) where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            // NotSupportedException: an event without a type.
            return null;
        }
    }
}
