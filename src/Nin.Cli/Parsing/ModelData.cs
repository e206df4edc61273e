using System.Text.Json;
using System.Text.Json.Nodes;
using Nin.Data;
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
    /// <param name="modelOrRunFolder">The model.</param>
    /// <param name="fix">What to do where neither is there.</param>
    /// <exception cref="UsageException">Neither is there.</exception>
    public static string Of(string modelOrRunFolder, string fix)
    {
        var data = OptionsOf(modelOrRunFolder)?.Data ?? Read<ModelDescription>(Run(modelOrRunFolder).Description)?.Dataset;
        return string.IsNullOrEmpty(data)
            ? throw new UsageException($"the data of {modelOrRunFolder} are not known", "neither options.json nor config.json lies beside it and names some", fix)
            : data;
    }

    /// <summary>The options of the training that made a model; null where they are not kept with it.</summary>
    public static TrainingOptions? OptionsOf(string modelOrRunFolder) => Read<TrainingOptions>(Run(modelOrRunFolder).Options);

    /// <summary>The folder of official files that a run read its data from; null where none was named, or it is gone.</summary>
    public static string? RootOf(string modelOrRunFolder) => OptionsOf(modelOrRunFolder)?.DataRoot is { } root && Directory.Exists(root) ? root : null;

    /// <summary>How a folder of images becomes what the model takes.</summary>
    /// <param name="modelOrRunFolder">The model.</param>
    /// <param name="isOwn">Whether it is the folder that the model was trained on, with its split.</param>
    public static FolderOptions FolderOptions(string modelOrRunFolder, bool isOwn)
    {
        var model = Read<ModelDescription>(Run(modelOrRunFolder).Description);
        return model is null ? new() : new() { Shape = model.DataSize ?? model.InputSize, LabelNames = model.LabelNames, Fit = model.Fit, ValDir = isOwn ? OptionsOf(modelOrRunFolder)?.ValDir : null };
    }

    /// <summary>The images that a run held out, as numbers in the part to train on; none where it held out none, or where the data are no longer those that it divided.</summary>
    public static int[] HeldOut(string modelOrRunFolder, ImageSet train)
    {
        var run = Run(modelOrRunFolder);
        if (OptionsOf(modelOrRunFolder) is not { } options || Read<JsonObject>(run.Split)?["validation"].Deserialize<int[]>() is not { } held) return [];
        int[] used = options.Fraction < 1 ? Split.Subset(train.Labels, train.Classes, options.Fraction, options.Seed) : [.. Enumerable.Range(0, train.Count)];
        var again = Split.Stratified(train.Select(used).Labels, train.Classes, options.Validation, options.Seed).Held;
        return held.SequenceEqual(again) ? [.. held.Select(i => used[i])] : [];
    }

    /// <summary>The folder itself, that of a model, or the run's above a checkpoint.</summary>
    private static RunDirectory Run(string modelOrRunFolder)
    {
        var folder = Directory.Exists(modelOrRunFolder) ? modelOrRunFolder : Path.GetDirectoryName(Path.GetFullPath(modelOrRunFolder))!;
        var above = Path.GetDirectoryName(Path.GetFullPath(folder)) is { } parent ? new RunDirectory(parent) : null;
        return !File.Exists(new RunDirectory(folder).Description) && above is not null && File.Exists(above.Description) ? above : new(folder);
    }

    private static T? Read<T>(string path) where T : class
    {
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), NinJson.Indented);
        }
        catch (JsonException error)
        {
            throw new ModelException($"{path} cannot be read", error.Message, "take it from the run again", error);
        }
    }
}
