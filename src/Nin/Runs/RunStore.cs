using System.Collections.Immutable;

namespace Nin.Runs;

/// <summary>The folder under which runs are kept: <c>runs/&lt;task&gt;/&lt;name&gt;</c>.</summary>
/// <param name="root">For example <c>runs</c>.</param>
public sealed class RunStore(string root)
{
    /// <summary>Where runs are kept.</summary>
    public string Root { get; } = root;

    /// <summary>The store of <c>NIN_RUNS</c>, or of <c>runs</c> in the current directory.</summary>
    public static RunStore Default() => new(Environment.GetEnvironmentVariable("NIN_RUNS") is { Length: > 0 } named ? named : "runs");

    /// <summary>A new, empty folder: <c>name</c>, or the first of <c>name-2</c>, <c>name-3</c>, … that is not taken.</summary>
    /// <param name="task">For example <c>train</c>.</param>
    /// <param name="name">A plain folder name.</param>
    /// <exception cref="UsageException">The name is no plain folder name.</exception>
    /// <exception cref="OutputException">The folder cannot be created.</exception>
    public RunDirectory Create(string task, string name)
    {
        if (name.Length == 0 || name[0] == '.' || name.IndexOfAny([.. Path.GetInvalidFileNameChars(), '/', '\\']) >= 0)
            throw new UsageException($"--name {name} is no name for a run", "it must be a plain folder name that does not begin with a dot", "use for example --name baseline");

        var parent = Path.Combine(Root, task);
        try
        {
            Directory.CreateDirectory(parent);
            for (var number = 1; ; number++)
            {
                var path = Path.Combine(parent, number == 1 ? name : $"{name}-{number}");
                if (TryCreate(path)) return new(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"cannot create a run in {parent}", e.Message, "choose a writable folder with --out or NIN_RUNS", e);
        }
    }

    /// <summary>The run of a path, or of a name in this store; of equal names in several tasks the newest.</summary>
    /// <exception cref="UsageException">There is no such run.</exception>
    public RunDirectory Find(string nameOrPath)
    {
        var runs = List();
        if (runs.FirstOrDefault(run => run.Directory.Name == nameOrPath) is { } named) return named.Directory;
        if (Directory.Exists(nameOrPath)) return new(Path.TrimEndingDirectorySeparator(nameOrPath));
        var names = runs.Select(run => run.Directory.Name).Distinct().ToArray();
        throw names.Length == 0
            ? new UsageException($"there is no run '{nameOrPath}'", $"{Root} holds no runs", "train one: nin train")
            : new UsageException($"there is no run '{nameOrPath}'", $"it is neither a folder nor {(names.Length == 1 ? "the only run" : $"one of the {names.Length} runs")} in {Root}",
                Suggestion.Remedy(nameOrPath, Suggestion.Nearest(nameOrPath, names) is null ? [.. names.Take(10)] : names));
    }

    /// <summary>Every run of every task, newest first.</summary>
    public ImmutableArray<RunSummary> List() =>
        !Directory.Exists(Root) ? [] :
        [
            .. Folders(Root)
                .SelectMany(task => Folders(task).Select(path => RunSummary.Of(new(path))))
                .OrderByDescending(run => run.StartedAt).ThenBy(run => run.Directory.Path, StringComparer.Ordinal),
        ];

    /// <summary>Folders that are neither hidden nor forbidden to this user.</summary>
    private static IEnumerable<string> Folders(string path) => Directory.EnumerateDirectories(path, "*", new EnumerationOptions());

    /// <summary>
    /// Creates a folder unless it exists. Two processes may try at once and .NET has no call that creates a folder and fails where there is one;
    /// whoever creates the claim beside it first is the only one to look and create.
    /// </summary>
    private static bool TryCreate(string path)
    {
        if (Directory.Exists(path) || File.Exists(path)) return false;
        var claim = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.claim");
        FileStream claimed;
        try
        {
            claimed = new FileStream(claim, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException) when (File.Exists(claim) || Directory.Exists(path))
        {
            // Someone else holds the claim, or has just let go of it with the folder made.
            return false;
        }
        using (claimed)
        {
            if (Directory.Exists(path)) return false;
            Directory.CreateDirectory(path);
            return true;
        }
    }
}
