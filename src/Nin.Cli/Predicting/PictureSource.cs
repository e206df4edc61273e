using System.IO.Enumeration;
using Nin.Images;
using Nin.Inference;

namespace Nin.Cli.Predicting;

/// <summary>A picture of a command line.</summary>
/// <param name="Path">A file, or <c>-</c>; what was typed where that names no picture.</param>
/// <param name="Error">That it names none, or null.</param>
internal sealed record NamedPicture(string Path, ImageException? Error = null);

/// <summary>Where the pictures of a command line come from: files, folders, patterns, standard input.</summary>
internal static class PictureSource
{
    private const string StandardInput = "-";

    /// <summary>Hidden files and folders fit no pattern, as in a shell; nor are links followed where it may go down any number of folders.</summary>
    private static readonly EnumerationOptions _visible = new(), _below = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint };

    /// <summary>Classifies all of them, in order; what cannot be read has an error instead of a prediction.</summary>
    public static IEnumerable<FilePrediction> Classify(Classifier classifier, IEnumerable<string> words, int batch, Func<Stream> openStandardInput)
    {
        NamedPicture[] pictures = [.. Find(words)];
        using var files = classifier.ClassifyFiles(pictures.Where(IsFile).Select(picture => picture.Path), batch).GetEnumerator();
        foreach (var picture in pictures)
        {
            if (picture.Error is not null) yield return new(picture.Path, null, picture.Error);
            else if (!IsFile(picture)) yield return FromStream(classifier, openStandardInput());
            else if (files.MoveNext()) yield return files.Current;
        }

        static bool IsFile(NamedPicture picture) => picture is { Error: null, Path: not StandardInput };
    }

    /// <summary>The pictures that words stand for, in order; a word that stands for none, with its error.</summary>
    public static IEnumerable<NamedPicture> Find(IEnumerable<string> words) => words.SelectMany(Find);

    /// <summary>The files that words stand for, in order.</summary>
    /// <exception cref="ImageException">A folder holds no pictures, or nothing fits a pattern.</exception>
    public static IEnumerable<string> Expand(IEnumerable<string> words) => Find(words).Select(picture => picture.Error is null ? picture.Path : throw picture.Error);

    private static FilePrediction FromStream(Classifier classifier, Stream stream)
    {
        try
        {
            return new("standard input", classifier.Classify(stream, "standard input"), null);
        }
        catch (ImageException e)
        {
            return new("standard input", null, e);
        }
    }

    private static IEnumerable<NamedPicture> Find(string word)
    {
        if (Directory.Exists(word)) return Some(word, PictureFiles.In(word), $"the folder {word} holds no pictures", $"no file in it is named as pictures are; nin reads {ImageDecoder.Formats}");
        // A shell hands a pattern on as it is where nothing fits it, or where it was quoted.
        return !File.Exists(word) && IsPattern(word) ? Some(word, Matching(word), $"nothing fits {word}", "no file has such a path") : [new(word)];
    }

    private static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');

    private static IOrderedEnumerable<string> Matching(string pattern)
    {
        var root = Path.GetPathRoot(pattern)!;
        return Matching(root, pattern[root.Length..].Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar)).Order(StringComparer.Ordinal);
    }

    /// <summary>The files of a folder, "" for the current one, whose paths fit the parts of a pattern; ** stands for folders one below the other, or for none.</summary>
    private static IEnumerable<string> Matching(string folder, string[] parts)
    {
        if (folder.Length > 0 && !Directory.Exists(folder)) return [];
        var here = new DirectoryInfo(folder.Length > 0 ? folder : ".");
        return parts switch
        {
            ["**", _, ..] => Matching(folder, parts[1..]).Concat(here.EnumerateDirectories("*", _below).SelectMany(below => Matching(Path.Combine(folder, below.Name), parts))),
            [var name] => here.EnumerateFiles("*", _visible).Where(file => Fits(name, file)).Select(file => Path.Combine(folder, file.Name)),
            [var name, .. var rest] when IsPattern(name) => here.EnumerateDirectories("*", _visible).Where(below => Fits(name, below)).SelectMany(below => Matching(Path.Combine(folder, below.Name), rest)),
            _ => Matching(Path.Combine(folder, parts[0]), parts[1..]),
        };
    }

    private static bool Fits(string pattern, FileSystemInfo entry) => FileSystemName.MatchesSimpleExpression(pattern, entry.Name, ignoreCase: OperatingSystem.IsWindows());

    private static NamedPicture[] Some(string word, IEnumerable<string> files, string otherwise, string why)
    {
        NamedPicture[] pictures = [.. files.Select(file => new NamedPicture(file))];
        return pictures.Length > 0 ? pictures : [new(word, new ImageException(ImageFault.Unreadable, otherwise, why, "check the path"))];
    }
}
