using System.Collections.Immutable;

namespace Nin.Data;

/// <summary>One of the ways in which a data set comes: its files, where they may be, and how they are read.</summary>
public sealed record DataLayout
{
    /// <summary>The folders, relative to a data root, in which the files may be, in order of search.</summary>
    public required ImmutableArray<string> Folders { get; init; }

    /// <summary>The files that make it up; each may carry <c>.gz</c> at its end.</summary>
    public required ImmutableArray<string> Files { get; init; }

    /// <summary>Reads both parts, given the path of each of <see cref="Files"/> in order.</summary>
    public required Func<DataSource, ImmutableArray<string>, DataSet> Read { get; init; }

    /// <summary>The paths of all files in the first of the folders under <paramref name="root"/> that has them, or null.</summary>
    public ImmutableArray<string>? Find(string root)
    {
        foreach (var folder in Folders)
        {
            var paths = Files.Select(file => Existing(Path.Combine(root, folder, file))).ToImmutableArray();
            if (paths.All(path => path is not null)) return paths!;
        }
        return null;
    }

    /// <summary>For each folder under <paramref name="root"/>, the files that are missing in it.</summary>
    public IEnumerable<ImmutableArray<string>> Missing(string root) =>
        Folders.Select(folder => Files.Where(file => Existing(Path.Combine(root, folder, file)) is null).ToImmutableArray());

    private static string? Existing(string path) => File.Exists(path) ? path : File.Exists(path + ".gz") ? path + ".gz" : null;
}
