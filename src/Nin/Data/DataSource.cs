using System.Collections.Immutable;
using Nin.Architectures;

namespace Nin.Data;

/// <summary>A data set that Nin knows by name: what it is, how its files are called and how they are read.</summary>
public sealed record DataSource
{
    /// <summary>What people type, for example <c>fashion-mnist</c>.</summary>
    public required string Name { get; init; }

    /// <summary>A sentence on what it shows.</summary>
    public required string Description { get; init; }

    /// <summary>[C, H, W] of every image.</summary>
    public required Shape Shape { get; init; }

    /// <summary>A name a class.</summary>
    public required ImmutableArray<string> LabelNames { get; init; }

    /// <summary>The folders, relative to a data root, in which the files may be, in order of search.</summary>
    public required ImmutableArray<string> Folders { get; init; }

    /// <summary>The files that make it up; each may carry <c>.gz</c> at its end.</summary>
    public required ImmutableArray<string> Files { get; init; }

    /// <summary>Reads both parts, given the path of each of <see cref="Files"/> in order.</summary>
    public required Func<DataSource, ImmutableArray<string>, DataSet> Read { get; init; }

    /// <summary>The number of classes, K.</summary>
    public int Classes => LabelNames.Length;

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

    /// <summary>Which of the files are missing in the folder under <paramref name="root"/> that has most of them.</summary>
    public IReadOnlyList<string> Missing(string root) =>
        Folders.Select(folder => Files.Where(file => Existing(Path.Combine(root, folder, file)) is null).ToList()).MinBy(missing => missing.Count)!;

    private static string? Existing(string path) => File.Exists(path) ? path : File.Exists(path + ".gz") ? path + ".gz" : null;
}
