using Nin.Images.Folders;
using Nin.Json;
using Nin.Recipes;
using Nin.Runs;
using Nin.Weights;

namespace Nin.Cli.Parsing;

/// <summary>The data that a model belongs to.</summary>
internal static class ModelData
{
    /// <summary>The data set that a run was trained on, or that the description beside a model names.</summary>
    /// <exception cref="UsageException">Neither is there.</exception>
    public static string Of(string modelOrRunFolder)
    {
        var data = OptionsOf(modelOrRunFolder)?.Data ?? JsonFile.Read<ModelDescription>(Run(modelOrRunFolder).Description)?.Dataset;
        return string.IsNullOrEmpty(data)
            ? throw new UsageException("no data was given to test on", $"neither options.json nor config.json lies beside {modelOrRunFolder} and names some", $"nin eval {modelOrRunFolder} <data>")
            : data;
    }

    /// <summary>The options of the training that made a model; null where they are not kept with it.</summary>
    public static TrainingOptions? OptionsOf(string modelOrRunFolder) => JsonFile.Read<TrainingOptions>(Run(modelOrRunFolder).Options);

    /// <summary>The folder of official files that a run read its data from; null where none was named, or it is gone.</summary>
    public static string? RootOf(string modelOrRunFolder) => OptionsOf(modelOrRunFolder)?.DataRoot is { } root && Directory.Exists(root) ? root : null;

    /// <summary>How a folder of images becomes what the model takes.</summary>
    /// <param name="modelOrRunFolder">The model.</param>
    /// <param name="isOwn">Whether it is the folder that the model was trained on, with its split.</param>
    public static FolderOptions FolderOptions(string modelOrRunFolder, bool isOwn)
    {
        var model = JsonFile.Read<ModelDescription>(Run(modelOrRunFolder).Description);
        return model is null ? new() : new() { Shape = model.DataSize ?? model.InputSize, LabelNames = model.LabelNames, Fit = model.Fit, ValDir = isOwn ? OptionsOf(modelOrRunFolder)?.ValDir : null };
    }

    /// <summary>The folder itself, that of a model, or the run's above a checkpoint.</summary>
    private static RunDirectory Run(string modelOrRunFolder)
    {
        var folder = Directory.Exists(modelOrRunFolder) ? modelOrRunFolder : Path.GetDirectoryName(Path.GetFullPath(modelOrRunFolder))!;
        var above = Path.GetDirectoryName(Path.GetFullPath(folder)) is { } parent ? new RunDirectory(parent) : null;
        return !File.Exists(new RunDirectory(folder).Description) && above is not null && File.Exists(above.Description) ? above : new(folder);
    }
}
