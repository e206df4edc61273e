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
        if ((words.Count == 1 && IsPictures(words[0])) || Find(words[0]) is not { } model) return new(ShippedModel.Path(), words);
        if (words.Count == 1) throw new UsageException($"there are no pictures beside {words[0]}", "it names a model", $"add files, folders or patterns: {ShellWord.Quoted(words[0])} photo.jpg");
        return new(model, [.. words.Skip(1)]);
    }

    /// <summary>The ONNX file that a word stands for; null where it stands for pictures.</summary>
    /// <exception cref="ModelException">It stands for weights, or for a run without such a file.</exception>
    public static string? Find(string word)
    {
        if (word.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)) return word;
        if (word.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase)) throw new ModelException($"{word} is no model.onnx", "weights have to be exported before they are run", $"nin export {ShellWord.Quoted(word)} --out model.onnx");
        if (Directory.Exists(word) && !IsPictures(word)) return OfRun(Folder(word));
        if (File.Exists(word) || word == "-" || ((Directory.Exists(word) || word.AsSpan().ContainsAny('*', '?', '.')) && !IsNameOfRun(word))) return null;
        return OfRun(RunStore.Default().Find(word));
    }

    /// <summary>How titles name a model: by its path from here, or by its file where it lies elsewhere.</summary>
    public static string Shown(string model) =>
        Path.GetRelativePath(".", model) is var path && !Path.IsPathRooted(path) && !path.StartsWith("..", StringComparison.Ordinal) ? path : Path.GetFileName(model);

    /// <summary>Whether a run in the usual place has that name.</summary>
    public static bool IsNameOfRun(string word) => RunStore.Default().List().Any(run => run.Directory.Name == word);

    /// <summary>Whether it is a folder, and no run's.</summary>
    private static bool IsPictures(string word)
    {
        var run = Folder(word);
        return Directory.Exists(word) && !File.Exists(run.Onnx) && !File.Exists(run.Weights) && !File.Exists(run.Options);
    }

    private static RunDirectory Folder(string word) => new(Path.TrimEndingDirectorySeparator(word));

    private static string OfRun(RunDirectory run) => File.Exists(run.Onnx) ? run.Onnx : throw NoOnnx(run.Path, File.Exists(run.Weights));

    private static ModelException NoOnnx(string run, bool hasWeights) => hasWeights
        ? new($"{run} has no model.onnx", "its weights were not exported", $"nin export {ShellWord.Quoted(run)}")
        : new($"{run} has no model yet", "its training has not come to its end", $"nin train --resume {ShellWord.Quoted(run)}");
}
