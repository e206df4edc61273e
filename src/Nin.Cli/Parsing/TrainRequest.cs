using System.CommandLine;
using Nin.Data;
using Nin.Recipes;

namespace Nin.Cli.Parsing;

/// <summary>What a <c>nin train</c> command line asks for, before configuration files are read.</summary>
/// <param name="Target">Recipe and data.</param>
/// <param name="Overrides">Option paths and values, in the order in which they win.</param>
/// <param name="RunsRoot">Where runs are kept; null for the usual place.</param>
/// <param name="Report">Whether plots and the page are drawn.</param>
/// <param name="Resume">The run to go on with, by name or folder; null for a new one.</param>
/// <param name="ScaleRate">Whether the learning rate is multiplied by the number of ranks.</param>
internal sealed record TrainRequest(TrainTarget Target, IReadOnlyList<KeyValuePair<string, string>> Overrides, string? RunsRoot, bool Report, string? Resume, bool ScaleRate)
{
    /// <summary>Reads it; the target first, then typed flags, then <c>--set</c>.</summary>
    /// <exception cref="UsageException">A value makes no sense.</exception>
    public static TrainRequest Of(ParseResult parse)
    {
        var resume = parse.GetValue<string>("--resume");
        if (resume is not null && parse.GetValue<string>("target") is { } named)
            throw new UsageException($"--resume {resume} and the target {named} were both given", "a resumed run keeps its recipe and its data", $"drop {named}, or drop --resume to begin a new run");
        if (resume is not null && parse.GetValue<string>("--config") is { } recipe)
            throw new UsageException($"--resume {resume} and --config {recipe} were both given", "a resumed run keeps its recipe and its data", "drop --config, or drop --resume to begin a new run");
        var scaleRate = parse.GetValue<bool>("--scale-lr");
        if (resume is not null && scaleRate)
            throw new UsageException("--resume and --scale-lr were both given", "a resumed run keeps its learning rate, whatever the number of ranks", "drop --scale-lr");
        var (target, overrides) = Recipe(parse);
        if (parse.GetValue<bool>("--sync-batch-norm")) overrides = [new("sync_batch_norm", "true"), .. overrides];
        return new(target, overrides, parse.GetValue<string>("--out"), !parse.GetValue<bool>("--no-report"), resume, scaleRate);
    }

    /// <summary>Recipe, data and changes to the recipe.</summary>
    /// <exception cref="UsageException">A value makes no sense.</exception>
    public static (TrainTarget Target, IReadOnlyList<KeyValuePair<string, string>> Overrides) Recipe(ParseResult parse)
    {
        var target = TrainTarget.Of(parse.GetValue<string>("target"), parse.GetValue<string>("--data"), parse.GetValue<string>("--config"));
        return (target, [.. OfTarget(target), .. OfFlags(parse), .. OfSet(parse.GetValue<string[]>("--set") ?? [])]);
    }

    /// <summary>Adds what names recipe and data.</summary>
    public static void AddTarget(Command command)
    {
        command.Add(new Argument<string?>("target") { Description = "recipe of configs/, built-in data set, or folder of images; fashion-mnist when left out", Arity = ArgumentArity.ZeroOrOne }.OffersRecipes());
        command.Add(new Option<string>("--data") { Description = "built-in data set, folder of images, or folder that holds the official files", HelpName = "name|folder" }.Offers(() => DataCatalogue.Names));
        command.Add(new Option<string>("--config") { Description = "recipe to begin with: a name of configs/ or a JSON file", HelpName = "name|file" }.Offers(ConfigFiles.Names));
    }

    /// <summary>What changes any option.</summary>
    public static Option<string[]> SetOption() => new("--set") { Description = "any option by its path; may be repeated", HelpName = "a.b=value", Arity = ArgumentArity.OneOrMore };

    private static IEnumerable<KeyValuePair<string, string>> OfTarget(TrainTarget target)
    {
        if (target.DataRoot is { } root) yield return new("data_root", root);
        if (target.Data is not { } data) yield break;
        yield return new("data", data);
        yield return new("name", Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(data))));
    }

    private static IEnumerable<KeyValuePair<string, string>> OfFlags(ParseResult parse)
    {
        foreach (var flag in TrainingFlag.All.Where(flag => parse.CommandResult.Command.Options.Any(option => option.Name == flag.Flag)))
        {
            if (parse.GetValue<string>(flag.Flag) is { } typed) yield return new(flag.Path, flag.Value.Parse(flag.Flag, flag.Meaning, typed));
        }
    }

    /// <summary>The options that <c>--set</c> changes, in order.</summary>
    /// <exception cref="UsageException">One of them lacks its path or its value.</exception>
    public static IEnumerable<KeyValuePair<string, string>> OfSet(IEnumerable<string> settings)
    {
        foreach (var setting in settings)
        {
            if (setting.Split('=', 2) is not [{ Length: > 0 } path, var value])
                throw new UsageException($"--set cannot be '{setting}'", "it takes an option's path, an equals sign and a value", "for example --set optimizer.nesterov=true");
            yield return new(path, value);
        }
    }
}
