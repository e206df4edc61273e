using Nin.Runs;

namespace Nin.Cli.Predicting;

/// <summary>Tells the model from the pictures on a command line: the model comes first, or is the one that ships.</summary>
/// <param name="Model">An ONNX file.</param>
/// <param name="Pictures">Files, folders, patterns, or <c>-</c>.</param>
internal sealed record ModelAndPictures(string Model, IReadOnlyList<string> Pictures)
{
    /// <summary>Reads the words of a command line.</summary>
    /// <exception cref="UsageException">There are no pictures.</exception>
    /// <exception cref="ModelException">The model is missing.</exception>
    public static ModelAndPictures Of(IReadOnlyList<string> words)
    {
        // Alone, a folder of pictures is meant even where a run has its name, as the run of nin train ./photos has.
        if (Find(words[0]) is not { } model || (words.Count == 1 && IsPictures(words[0]))) return new(ShippedModel.Path(), words);
        if (words.Count == 1) throw new UsageException($"there are no pictures to classify beside {words[0]}", "it names a model", $"add files, folders or patterns: nin predict {words[0]} photo.jpg");
        return new(model, [.. words.Skip(1)]);
    }

    /// <summary>The ONNX file that a word stands for; null where it stands for pictures.</summary>
    public static string? Find(string word)
    {
        if (word.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)) return word;
        if (Directory.Exists(word) && !(IsPictures(word) && IsNameOfRun(word))) return OfRun(Folder(word));
        if (File.Exists(word) || word == "-" || (word.AsSpan().ContainsAny('*', '?', '.') && !IsNameOfRun(word))) return null;
        return OfRun(RunStore.Default().Find(word)) ?? throw new ModelException($"the run {word} has no model.onnx", "it was trained by an older version, or has not ended", $"nin export {word}");
    }

    /// <summary>How titles name a model: by its path from here, or by its file where it lies elsewhere.</summary>
    public static string Shown(string model) =>
        Path.GetRelativePath(".", model) is var path && !Path.IsPathRooted(path) && !path.StartsWith("..", StringComparison.Ordinal) ? path : Path.GetFileName(model);

    /// <summary>Whether a run in the usual place has that name.</summary>
    public static bool IsNameOfRun(string word) => RunStore.Default().List().Any(run => run.Directory.Name == word);

    private static bool IsPictures(string word) => Directory.Exists(word) && OfRun(Folder(word)) is null;

    private static RunDirectory Folder(string word) => new(Path.TrimEndingDirectorySeparator(word));

    private static string? OfRun(RunDirectory run) => File.Exists(run.Onnx) ? run.Onnx : null;
}
