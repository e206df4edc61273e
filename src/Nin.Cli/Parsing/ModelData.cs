using System.Text.Json;
using System.Text.Json.Nodes;
using Nin.Cli.Consoles;
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
    /// <summary>The file that a word names, or the folder of a run, by its name or path.</summary>
    /// <exception cref="UsageException">There is neither.</exception>
    public static string Find(string word) => File.Exists(word) ? word : RunStore.Default().Find(word).Path;

    /// <summary>Reads data for a model and remarks on them.</summary>
    /// <param name="modelOrRunFolder">The model.</param>
    /// <param name="named">What was typed; null for the model's own.</param>
    /// <param name="root">The folder of official files; null for the model's own, or the usual places.</param>
    /// <param name="fix">What to do where the model's own are not known.</param>
    /// <param name="output">Shows the progress.</param>
    /// <exception cref="NinException">There are no such data, or they cannot be read.</exception>
    public static DataSet Load(string modelOrRunFolder, string? named, string? root, string fix, Output output)
    {
        var data = DataLoader.Load(named ?? Of(modelOrRunFolder, fix), root ?? (named is null ? RootOf(modelOrRunFolder) : null), FolderOptions(modelOrRunFolder, IsOwn(modelOrRunFolder, named)), output);
        foreach (var remark in data.Remarks) output.Remark(remark);
        return data;
    }

    /// <summary>Whether the data that were named, or null, are those that the model was trained on.</summary>
    public static bool IsOwn(string modelOrRunFolder, string? named) =>
        named is null || (OptionsOf(modelOrRunFolder)?.Data is { } own && (own == named || own == Path.TrimEndingDirectorySeparator(Path.GetFullPath(named))));

    /// <summary>The data set that a run was trained on, or that the description beside a model names.</summary>
    /// <exception cref="UsageException">Neither is there.</exception>
    private static string Of(string modelOrRunFolder, string fix)
    {
        var data = OptionsOf(modelOrRunFolder)?.Data ?? JsonFile.Read<ModelDescription>(Run(modelOrRunFolder).Description)?.Dataset;
        return string.IsNullOrEmpty(data)
            ? throw new UsageException($"the data of {modelOrRunFolder} are not known", "neither options.json nor config.json lies beside it and names some", fix)
            : data;
    }

    /// <summary>The options of the training that made a model; null where they are not kept with it.</summary>
    public static TrainingOptions? OptionsOf(string modelOrRunFolder) => JsonFile.Read<TrainingOptions>(Run(modelOrRunFolder).Options);

    /// <summary>The folder of official files that a run read its data from; null where none was named, or it is gone.</summary>
    private static string? RootOf(string modelOrRunFolder) => OptionsOf(modelOrRunFolder)?.DataRoot is { } root && Directory.Exists(root) ? root : null;

    /// <summary>How a folder of images becomes what the model takes.</summary>
    /// <param name="modelOrRunFolder">The model.</param>
    /// <param name="isOwn">Whether it is the folder that the model was trained on, with its split.</param>
    private static FolderOptions FolderOptions(string modelOrRunFolder, bool isOwn)
    {
        var model = JsonFile.Read<ModelDescription>(Run(modelOrRunFolder).Description);
        return model is null ? new() : new() { Shape = model.DataSize ?? model.InputSize, LabelNames = model.LabelNames, Fit = model.Fit, ValDir = isOwn ? OptionsOf(modelOrRunFolder)?.ValDir : null };
    }

    /// <summary>The images that a run held out, as numbers in the part to train on; none where it held out none, or where the data are no longer those that it divided.</summary>
    public static int[] HeldOut(string modelOrRunFolder, ImageSet train)
    {
        var run = Run(modelOrRunFolder);
        if (OptionsOf(modelOrRunFolder) is not { } options || JsonFile.Read<JsonObject>(run.Split)?["validation"].Deserialize<int[]>() is not { } held) return [];
        var used = Split.Subset(train.Labels, train.Classes, options.Fraction, options.Seed);
        var again = Split.Stratified(train.Select(used).Labels, train.Classes, options.Validation, options.Seed).Held.Select(i => used[i]);
        return held.SequenceEqual(again) ? held : [];
    }

    /// <summary>The folder itself, that of a model, or the run's above a checkpoint.</summary>
    private static RunDirectory Run(string modelOrRunFolder)
    {
        var folder = Directory.Exists(modelOrRunFolder) ? modelOrRunFolder : Path.GetDirectoryName(Path.GetFullPath(modelOrRunFolder))!;
        var above = Path.GetDirectoryName(Path.GetFullPath(folder)) is { } parent ? new RunDirectory(parent) : null;
        return !File.Exists(new RunDirectory(folder).Description) && above is not null && File.Exists(above.Description) ? above : new(folder);
    }
}
