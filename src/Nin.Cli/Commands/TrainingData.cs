using Nin.Architectures;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Data;
using Nin.Images.Folders;
using Nin.Recipes;

namespace Nin.Cli.Commands;

/// <summary>The options of a training and its data. For a folder of images without a recipe, options are chosen that suit the images.</summary>
internal static class TrainingData
{
    /// <summary>Reads both.</summary>
    /// <param name="target">Recipe and data.</param>
    /// <param name="changes">Option paths and values, in the order in which they win.</param>
    /// <param name="begun">The options of the run that is resumed; null for a new one.</param>
    /// <param name="output">Shows the progress.</param>
    /// <exception cref="NinException">Options or data do not make sense.</exception>
    public static (TrainingOptions Options, DataSet Data) Load(TrainTarget target, IReadOnlyList<KeyValuePair<string, string>> changes, TrainingOptions? begun, Output output)
    {
        var config = begun is null ? target.Config : null;
        var hasRecipe = begun is not null || config is not null;
        var options = OptionsReader.Read(begun ?? new TrainingOptions(), config, changes);
        var networkIsNamed = hasRecipe || changes.Any(change => change.Key == "network");
        var folder = new FolderOptions { Side = options.ImageSize, UsualSide = networkIsNamed ? UsualSide(options.Network) : null, Fit = options.Fit, ValDir = options.ValDir };
        var data = DataLoader.Load(options.Data, options.DataRoot, folder, output);
        if (hasRecipe) return (Rooted(options), data);

        var chosen = OptionsReader.Read(FolderRecipe.For(data.Train.Shape, data.Train.Count), null, changes);
        return (Rooted(chosen), data with { Remarks = [.. data.Remarks, Chosen(chosen, data)] });
    }

    /// <summary>With full paths: the run finds its files again from any folder.</summary>
    private static TrainingOptions Rooted(TrainingOptions options) => options with
    {
        Data = Directory.Exists(options.Data) && !DataCatalogue.Names.Contains(options.Data, StringComparer.OrdinalIgnoreCase) ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Data)) : options.Data,
        DataRoot = options.DataRoot is { } root ? Path.GetFullPath(root) : null,
        Network = IsFile(options.Network) ? Path.GetFullPath(options.Network) : options.Network,
    };

    private static bool IsFile(string network) => network.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private static int? UsualSide(string network) =>
        IsFile(network) ? ArchitectureJson.Read(network).Input.Height : Catalogue.Find(network).Input.Height;

    private static string Chosen(TrainingOptions options, DataSet data) =>
        $"no recipe was named; for {data.Train.Count:N0} images{(data.Files is { } files ? $" of {files.Smallest} to {files.Largest} pixels" : "")}: {options.Network} at {data.Train.Shape}, batch {options.Batch}, {Counted.Of(options.Epochs, "epoch")}, rate {options.Optimizer.LearningRate:0.####}";
}
