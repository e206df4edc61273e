using System.Collections.Immutable;

namespace Nin.Images.Folders;

/// <summary>A folder of class folders, by names alone. What is hidden is not seen.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Classes">Its subfolders and their images, sorted.</param>
/// <param name="LooseImages">Images that lie in the folder itself.</param>
internal sealed record ClassFolders(string Path, ImmutableArray<ClassFolder> Classes, int LooseImages)
{
    private static readonly EnumerationOptions _visible = new() { IgnoreInaccessible = false };

    /// <summary>Images of all classes.</summary>
    public int Images => Classes.Sum(each => each.Images.Length);

    /// <summary>Lists a folder.</summary>
    /// <exception cref="DataException">It cannot be read.</exception>
    public static ClassFolders List(string path) => Reading(path, () =>
        new ClassFolders(path, [.. Subfolders(path).Select(ListClass)], Directory.EnumerateFiles(path, "*", _visible).Count(PictureFiles.IsPicture)));

    /// <summary>The visible folders in a folder, sorted.</summary>
    /// <exception cref="DataException">It cannot be read.</exception>
    public static string[] Subfolders(string path) => Reading(path, () => Directory.EnumerateDirectories(path, "*", _visible).Order(StringComparer.Ordinal).ToArray());

    private static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"cannot read {path}", e.Message, "check the folder and its permissions", e);
        }
    }

    private static ClassFolder ListClass(string path)
    {
        var (images, others) = (ImmutableArray.CreateBuilder<string>(), 0);
        foreach (var file in Directory.EnumerateFiles(path, "*", _visible).Order(StringComparer.Ordinal))
        {
            if (IsImage(file)) images.Add(file);
            else others++;
        }
        return new(System.IO.Path.GetFileName(path), images.ToImmutable(), others, Subfolders(path).Length);
    }

    /// <summary>A name without ending is an image's in the folder of a class; among files of all kinds it is more often a program's.</summary>
    private static bool IsImage(string file) => PictureFiles.IsPicture(file) || !System.IO.Path.HasExtension(file);
}

/// <summary>The images of a class, by names alone.</summary>
/// <param name="Name">Of the class.</param>
/// <param name="Images">Files that should be images, sorted.</param>
/// <param name="OtherFiles">Files that are none by their names.</param>
/// <param name="Subfolders">Folders in it.</param>
internal sealed record ClassFolder(string Name, ImmutableArray<string> Images, int OtherFiles, int Subfolders);
