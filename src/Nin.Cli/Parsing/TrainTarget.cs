using Nin.Data;
using Nin.Recipes;

namespace Nin.Cli.Parsing;

/// <summary>What <c>nin train TARGET --data DATA --config CONFIG</c> names: a recipe to begin with, the data, and where data files lie.</summary>
/// <param name="Config">A name of <c>configs/</c> or a file; null for a folder of images, for which options are chosen.</param>
/// <param name="Data">A built-in data set or a folder of images; null leaves it to the recipe.</param>
/// <param name="DataRoot">The folder that holds official files; null searches the usual places.</param>
internal sealed record TrainTarget(string? Config, string? Data, string? DataRoot)
{
    /// <summary>The recipe of a bare <c>nin train</c>, and the base for data that has none of its own.</summary>
    public const string DefaultConfig = "fashion-mnist";

    /// <summary>Finds out what was meant.</summary>
    /// <exception cref="UsageException">A name is not known, or two of them contradict each other.</exception>
    public static TrainTarget Of(string? target, string? data, string? config)
    {
        (target, data) = (Spelled(target), Spelled(data));
        if (target is null) return With(config, null, data);
        if (IsRecipe(target))
        {
            if (config is not null) throw new UsageException($"two recipes were given: {target} and {config}", "a run has one recipe", $"drop --config, or name data instead of {target}");
            return With(target, null, data);
        }
        if (IsBuiltIn(target) || Directory.Exists(target)) return With(config, target, data);
        throw LooksLikePath(target)
            ? new DataException($"there is no folder or recipe file {target}", "a target is a recipe, a built-in data set or a folder of images", "check the path, or see nin data list")
            : Unknown(target);
    }

    private static TrainTarget With(string? config, string? named, string? data) => data switch
    {
        null => new(config ?? Default(named), named, null),
        _ when IsBuiltIn(data) && named is null => new(config ?? Default(data), data, null),
        _ when config is null && named is null && DataCatalogue.Published(data) is not null => new(Default(data), data, null),
        _ when DataFolder.HoldsOfficialFiles(data) => new(config ?? Default(named), named, data),
        _ when named is not null => throw new UsageException($"two data sets were given: {named} and {data}", "a run trains on one; beside a built-in one, --data names the folder that holds its official files", $"drop --data {data}"),
        _ when Directory.Exists(data) => new(config ?? Default(data), data, null),
        _ when LooksLikePath(data) => throw new DataException($"there is no folder {data}", "--data names a built-in data set, a folder of images, or the folder that holds official files", "check the path, or see nin data list"),
        _ => throw new UsageException($"there is no data set '{data}'", $"the built-in ones are {string.Join(", ", DataCatalogue.Names)}", Suggestion.Remedy(data, [.. DataCatalogue.Names])),
    };

    /// <summary>Data sets of the same images lie in one folder and have one recipe, by its name; pictures of which nothing is known need options of their own.</summary>
    private static string? Default(string? data)
    {
        if (data is null) return DefaultConfig;
        var source = IsBuiltIn(data) ? DataCatalogue.Find(data) : DataCatalogue.Published(data);
        return source is null ? null : ConfigFiles.Names().Contains(source.HomeFolder) ? source.HomeFolder : DefaultConfig;
    }

    /// <summary>The name of a recipe or a data set as it is written, whatever the case; anything else as it was typed.</summary>
    private static string? Spelled(string? typed) => Known().FirstOrDefault(name => name.Equals(typed, StringComparison.OrdinalIgnoreCase)) ?? typed;

    private static string[] Known() => [.. ConfigFiles.Names().Union(DataCatalogue.Names)];

    private static UsageException Unknown(string target) =>
        new($"there is no recipe, data set or folder '{target}'", $"recipes: {string.Join(", ", ConfigFiles.Names())}; data sets: {string.Join(", ", DataCatalogue.Names)}", Suggestion.Remedy(target, Known()));

    private static bool IsRecipe(string target) => ConfigFiles.Names().Contains(target) || (target.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && File.Exists(target));

    private static bool IsBuiltIn(string name) => DataCatalogue.Names.Contains(name);

    private static bool LooksLikePath(string text) => text.AsSpan().ContainsAny('/', '\\', '.');
}
