using System.Collections.Immutable;
using Nin.Architectures;
using Nin.Data.Fetching;

namespace Nin.Data;

/// <summary>A data set that Nin knows by name: what it is, and the layouts in which its files come.</summary>
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

    /// <summary>How many images there are to train on.</summary>
    public required int TrainImages { get; init; }

    /// <summary>What a person who lacks the files should fetch, as the object of "put … into the folder".</summary>
    public required string Official { get; init; }

    /// <summary>In order of preference.</summary>
    public required ImmutableArray<DataLayout> Layouts { get; init; }

    /// <summary>What a folder of its files may be called besides <see cref="Name"/>.</summary>
    public ImmutableArray<string> FolderNames { get; init; } = [];

    /// <summary>The files that it is published as, for those who fetch it.</summary>
    public required ImmutableArray<OfficialFile> Files { get; init; }

    /// <summary>The folder, in a data root, that fetched files go into.</summary>
    public required string HomeFolder { get; init; }

    /// <summary>Archives that .NET cannot decompress and that must be unpacked by hand, relative to a data root.</summary>
    public ImmutableArray<string> ForeignArchives { get; init; } = [];

    /// <summary>The number of classes, K.</summary>
    public int Classes => LabelNames.Length;

    /// <summary>The first of the layouts whose files all are under <paramref name="root"/>, or null.</summary>
    public LocatedData? Find(string root) =>
        Layouts.Select(layout => layout.Find(root) is { } paths ? new LocatedData(this, layout, paths) : null).FirstOrDefault(found => found is not null);

    /// <summary>Which files are missing under <paramref name="root"/>, in the layout and the folder that have most of them.</summary>
    public ImmutableArray<string> Missing(string root) =>
        Layouts.SelectMany(layout => layout.Missing(root).Select(missing => (Missing: missing, Present: layout.Files.Length - missing.Length))).MaxBy(place => place.Present).Missing;

    /// <summary>The path of an archive under <paramref name="root"/> that has to be unpacked by hand, or null.</summary>
    public string? FindForeignArchive(string root) => ForeignArchives.Select(archive => Path.Combine(root, archive)).FirstOrDefault(File.Exists);
}
