using Nin.Files;

namespace Nin.Recipes;

/// <summary>The configurations that come with Nin: <c>configs/*.json</c>.</summary>
public static class ConfigFiles
{
    /// <summary>Their names, without folder and ending, sorted; none where <see cref="NinHome"/> is unknown.</summary>
    public static IReadOnlyList<string> Names() =>
        Folder() is { } folder && Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>The path of a configuration, given as a path or by name.</summary>
    /// <exception cref="UsageException">There is no such file.</exception>
    public static string Find(string pathOrName)
    {
        if (File.Exists(pathOrName)) return pathOrName;
        var names = Names();
        if (names.FirstOrDefault(name => name.Equals(pathOrName, StringComparison.OrdinalIgnoreCase)) is { } known) return Path.Combine(Folder()!, $"{known}.json");

        var isPath = pathOrName.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || pathOrName.Contains(Path.DirectorySeparatorChar);
        throw isPath || names.Count == 0
            ? new UsageException($"there is no configuration {pathOrName}", "the file does not exist", "check the path given to --config")
            : new UsageException($"there is no configuration '{pathOrName}'", $"it is neither a file nor one of {string.Join(", ", names)}", Suggestion.Remedy(pathOrName, names));
    }

    private static string? Folder() => NinHome.Find() is { } home ? Path.Combine(home, "configs") : null;
}
