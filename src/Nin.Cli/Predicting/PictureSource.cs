using System.IO.Enumeration;
using Nin.Images;
using Nin.Inference;

namespace Nin.Cli.Predicting;

/// <summary>Where the pictures of a command line come from: files, folders, patterns, standard input.</summary>
internal static class PictureSource
{
    private const string StandardInput = "-";

    /// <summary>Classifies all of them, in order.</summary>
    /// <exception cref="DataException">A folder holds no pictures, or nothing fits a pattern.</exception>
    public static IEnumerable<FilePrediction> Classify(Classifier classifier, IReadOnlyList<string> words, int batch, Func<Stream> openStandardInput) =>
        words is [StandardInput] ? [FromStream(classifier, openStandardInput())] : classifier.ClassifyFiles(Expand(words), batch);

    /// <summary>The files that words stand for, in order.</summary>
    /// <exception cref="DataException">A folder holds no pictures, or nothing fits a pattern.</exception>
    public static IEnumerable<string> Expand(IReadOnlyList<string> words) => words.SelectMany(Expand);

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

    private static IEnumerable<string> Expand(string word)
    {
        if (Directory.Exists(word)) return Some([.. PictureFiles.In(word)], $"the folder {word} holds no pictures");
        // A shell hands a pattern on as it is where nothing fits it, or where it was quoted.
        return !File.Exists(word) && word.AsSpan().ContainsAny('*', '?') ? Some(Matching(word), $"nothing fits {word}") : [word];
    }

    private static string[] Matching(string pattern)
    {
        var folder = Path.GetDirectoryName(pattern) is { Length: > 0 } named ? named : ".";
        if (!Directory.Exists(folder)) return [];
        var prefix = Path.GetDirectoryName(pattern) is { Length: > 0 } ? folder : "";
        return [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Where(name => FileSystemName.MatchesSimpleExpression(Path.GetFileName(pattern), name, ignoreCase: false)).Order(StringComparer.Ordinal).Select(name => Path.Combine(prefix, name))];
    }

    private static string[] Some(string[] files, string otherwise) =>
        files.Length > 0 ? files : throw new DataException(otherwise, $"nin reads {ImageDecoder.Formats}", "check the path");
}
