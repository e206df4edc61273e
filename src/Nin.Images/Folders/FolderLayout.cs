using System.Collections.Immutable;
using Nin.Data;

namespace Nin.Images.Folders;

/// <summary>Finds out how a folder of images is arranged: <c>train|val|valid|validation|test/&lt;class&gt;/*</c>, or flat, <c>&lt;class&gt;/*</c>.</summary>
internal static class FolderLayout
{
    private const string ByName = "split folders are matched by name: train, val|valid|validation, test";
    private static readonly string[] _val = ["val", "valid", "validation"];
    private static readonly string[] _splits = ["train", .. _val, "test"];

    /// <summary>Lists a folder's images.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="valDir">The folder of images to validate on, by its name beside <c>train</c>; null finds it by its usual names.</param>
    /// <exception cref="DataException">The folder is not arranged in either way, or a class has no images.</exception>
    public static FolderListing List(string folder, string? valDir) =>
        FindTrain(folder) is { } train ? Split(folder, train, valDir) : Flat(folder, valDir);

    /// <summary>The <c>train</c> folder of a split. A class may be called train, too; then it holds images, not classes, and other classes lie beside it.</summary>
    private static string? FindTrain(string folder)
    {
        var train = Named(folder, ["train"]).FirstOrDefault();
        if (train is null) return null;
        var others = ClassFolders.Subfolders(folder).Select(NameOf).Where(name => !IsSplit(name));
        return ClassFolders.Subfolders(train).Length > 0 || !others.Any() ? train : null;
    }

    private static FolderListing Flat(string folder, string? valDir)
    {
        if (valDir is not null) throw new DataException($"--val-dir {valDir} needs a folder train beside it", $"{folder} is flat: it holds a folder a class", $"move the classes into {Path.Combine(folder, "train")}, or use --val 0.1 to hold out a share");
        var classes = ClassFolders.List(folder);
        if (classes.Classes.IsEmpty)
        {
            throw classes.LooseImages > 0
                ? new DataException($"{folder} holds {Counted.Of(classes.LooseImages, "image")} but no class folders", "the name of an image's folder is its class", $"sort them into {folder}/<class>/")
                : new DataException($"{folder} holds no images", "neither class folders nor split folders (train, val, test) are in it", $"give a folder that holds <class>/*.jpg or train/<class>/*.jpg, or the official files of {string.Join(", ", DataCatalogue.Names)}");
        }
        CheckClasses(classes);
        return new(folder, Names(classes), Listed(classes, Names(classes)), null, null, [.. Unused(classes)]);
    }

    private static FolderListing Split(string folder, string trainFolder, string? valDir)
    {
        var train = ClassFolders.List(trainFolder);
        if (train.Classes.IsEmpty)
        {
            throw train.LooseImages > 0
                ? new DataException($"{trainFolder} holds {Counted.Of(train.LooseImages, "image")} but no class folders", "the name of an image's folder is its class", $"sort them into {trainFolder}/<class>/")
                : new DataException($"{trainFolder} holds no images", ByName, $"put images into {trainFolder}/<class>/");
        }
        CheckClasses(train);
        var names = Names(train);
        var (validation, test) = (Validation(folder, trainFolder, valDir), Part(folder, Only(folder, ["test"]), "put images into it, class by class, or remove it"));
        foreach (var part in new[] { validation, test }.OfType<ClassFolders>()) CheckAgainst(train, part);
        string?[] used = [trainFolder, validation?.Path, test?.Path];
        return new(folder, names, Listed(train, names), validation is null ? null : Listed(validation, names), test is null ? null : Listed(test, names),
        [
            .. ClassFolders.Subfolders(folder).Except(used.OfType<string>()).Select(unused => $"{unused} is not used: {ByName}"),
            .. new[] { train, validation, test }.OfType<ClassFolders>().SelectMany(Unused),
        ]);
    }

    private static ClassFolders? Validation(string folder, string trainFolder, string? valDir)
    {
        if (valDir is null)
        {
            var found = Only(folder, _val);
            return Part(folder, found, found is null ? "" : $"put images into it, class by class, or remove it to hold out a share of {Path.Combine(folder, "train")}");
        }
        var name = Path.TrimEndingDirectorySeparator(Path.GetRelativePath(folder, Path.Combine(folder, valDir)));
        var (beside, named) = (ClassFolders.Subfolders(folder), Path.Combine(folder, name));
        var path = Beside(StringComparison.Ordinal) ?? Beside(StringComparison.OrdinalIgnoreCase) ?? (Directory.Exists(named) ? named : null);
        if (path is null)
        {
            string[] known = [.. beside.Select(NameOf)];
            throw new DataException($"there is no folder {named}", $"--val-dir names a folder in {folder}: {string.Join(", ", known)}", Suggestion.Remedy(name, known));
        }
        if (path == trainFolder) throw new DataException($"--val-dir {valDir} names the folder to train on", "images that were trained on do not tell how others will be classified", "name another folder, or use --val 0.1 to hold out a share");
        return Part(folder, path, "name a folder that holds <class>/*.jpg");

        string? Beside(StringComparison comparison) => beside.FirstOrDefault(each => NameOf(each).Equals(name, comparison));
    }

    /// <summary>A split folder, which must hold images.</summary>
    private static ClassFolders? Part(string folder, string? path, string fix)
    {
        if (path is null) return null;
        var part = ClassFolders.List(path);
        if (part.Images > 0) return part;
        var candidate = IsVal(path) ? ClassFolders.Subfolders(folder).Where(other => !IsSplit(NameOf(other))).Select(ClassFolders.List).Where(other => other.Images > 0).MaxBy(other => other.Images) : null;
        if (candidate is not null)
            throw new DataException($"{path} holds no images ({candidate.Path} holds {candidate.Images})", ByName, $"nin train {ShellWord.Quoted(folder)} --val-dir {ShellWord.Quoted(NameOf(candidate.Path))}");
        throw part.LooseImages > 0
            ? new DataException($"{path} holds {Counted.Of(part.LooseImages, "image")} but no class folders", "the name of an image's folder is its class", $"sort them into {path}/<class>/")
            : new DataException($"{path} holds no images", ByName, fix);
    }

    private static void CheckClasses(ClassFolders part)
    {
        if (part.Classes.FirstOrDefault(each => each.Images.IsEmpty) is { } empty) throw EmptyClass(part, empty);
        if (part.Classes is [var only]) throw new DataException($"{part.Path} holds one class", $"it is {only.Name}; a classifier tells at least two apart", $"add a folder with images of something else to {part.Path}");
    }

    private static DataException EmptyClass(ClassFolders part, ClassFolder empty) => new(
        $"the class {Path.Combine(part.Path, empty.Name)} holds no images",
        empty.Subfolders > 0 ? $"it holds {Counted.Of(empty.Subfolders, "folder")}; images lie directly in the folder of their class" : empty.OtherFiles > 0 ? $"it holds {Counted.Of(empty.OtherFiles, "file")}, none of them an image by its name" : "the folder is empty",
        empty.Subfolders > 0 ? "move the images up; split folders are called train, val and test" : "put images into it, or remove it");

    /// <summary>Classes that are validated or tested must have been trained on.</summary>
    private static void CheckAgainst(ClassFolders train, ClassFolders part)
    {
        var known = train.Classes.Select(each => each.Name).ToArray();
        foreach (var each in part.Classes)
        {
            if (each.Images.IsEmpty) throw EmptyClass(part, each);
            if (!known.Contains(each.Name))
                throw new DataException($"{Path.Combine(part.Path, each.Name)} is no class of {train.Path}", $"the classes to train on are {Shortened(known)}", Suggestion.Nearest(each.Name, known) is { } near ? $"rename it to {near}" : $"add {Path.Combine(train.Path, each.Name)}, or remove it");
        }
    }

    private static IEnumerable<string> Unused(ClassFolders part)
    {
        if (part.LooseImages > 0) yield return $"{Counted.Of(part.LooseImages, "image")} in {part.Path} itself {(part.LooseImages == 1 ? "has" : "have")} no class and {(part.LooseImages == 1 ? "is" : "are")} not used";
        var (files, folders) = (part.Classes.Sum(each => each.OtherFiles), part.Classes.Sum(each => each.Subfolders));
        if (files > 0) yield return $"{Counted.Of(files, "other file")} in the class folders of {part.Path} {(files == 1 ? "is" : "are")} not used";
        if (folders > 0) yield return $"{Counted.Of(folders, "folder")} inside class folders of {part.Path} {(folders == 1 ? "is" : "are")} not used";
    }

    private static ImmutableArray<string> Names(ClassFolders part) => [.. part.Classes.Select(each => each.Name)];

    private static ImmutableArray<ListedImage> Listed(ClassFolders part, ImmutableArray<string> names) =>
        [.. part.Classes.SelectMany(each => each.Images.Select(image => new ListedImage(image, names.IndexOf(each.Name))))];

    private static IEnumerable<string> Named(string folder, string[] names) =>
        ClassFolders.Subfolders(folder).Where(path => names.Contains(NameOf(path), StringComparer.OrdinalIgnoreCase));

    private static string? Only(string folder, string[] names) => Named(folder, names).ToArray() switch
    {
        [] => null,
        [var only] => only,
        var several => throw new DataException($"{folder} holds {string.Join(" and ", several.Select(NameOf))}", "only one of them can be meant", names == _val ? "say which: --val-dir <name>" : "rename all but one of them"),
    };

    private static bool IsSplit(string name) => _splits.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool IsVal(string path) => _val.Contains(NameOf(path), StringComparer.OrdinalIgnoreCase);

    private static string NameOf(string path) => Path.GetFileName(path);

    private static string Shortened(string[] names) => names.Length <= 12 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(12))}, … ({names.Length} in all)";
}
