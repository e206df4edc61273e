using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nin.Architectures;
using Nin.Recipes;

namespace Nin.Cli.Reproducing;

/// <summary>How much smaller than the published experiment, so that it fits a machine.</summary>
internal sealed record Scale
{
    /// <summary>Of each run at most; null: as many as its recipe has.</summary>
    public int? Epochs { get; init; }

    /// <summary>The share of the training images; null: the recipe's.</summary>
    public double? Fraction { get; init; }

    /// <summary>The side to which images are brought, in pixels; null: as the recipe has it.</summary>
    public int? ImageSize { get; init; }

    /// <summary>Of all randomness; null: the recipe's.</summary>
    public int? Seed { get; init; }

    /// <summary>0 uses every core.</summary>
    public int Threads { get; init; }

    /// <summary>Whether the networks get batch normalisation, which they need to learn something in few epochs.</summary>
    public bool BatchNorm { get; init; }

    /// <summary>Options that depart from the recipes, as paths and values.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Changes { get; init; } = [];

    /// <summary>A run's recipe with the changes, at its full length.</summary>
    public TrainingOptions Recipe(ExperimentRun run) => OptionsReader.Read(new TrainingOptions(), run.Recipe, Changes);

    /// <summary>A recipe at this scale, checked. Steps of the schedule keep their place in the run; what is not validated is tested after every epoch, for the curves.</summary>
    /// <exception cref="UsageException">It asks for what no training takes.</exception>
    public TrainingOptions Of(TrainingOptions recipe)
    {
        var epochs = Math.Min(Epochs ?? recipe.Epochs, recipe.Epochs);
        var options = recipe with
        {
            Epochs = epochs,
            Fraction = Fraction ?? recipe.Fraction,
            ImageSize = ImageSize ?? recipe.ImageSize,
            Seed = Seed ?? recipe.Seed,
            Threads = Threads > 0 ? Threads : recipe.Threads,
            WatchTest = recipe.Validation == 0,
            Schedule = recipe.Schedule with { Milestones = Moved(recipe.Schedule.Milestones, epochs / (double)recipe.Epochs) },
        };
        OptionsCheck.Check(options);
        return options;
    }

    /// <summary>The network of a run that no catalogue lists; null where it is the recipe's own.</summary>
    public Architecture? Network(ExperimentRun run) =>
        BatchNorm ? (run.Network ?? Catalogue.Find(Recipe(run).Network).Build()).WithBatchNormalisation() : run.Network;

    /// <summary>What tells the folders of a run at different scales apart: <c>-e12-f0.1-s0</c>.</summary>
    public string Suffix(TrainingOptions recipe)
    {
        var options = Of(recipe);
        var size = ImageSize is { } side ? $"-{side}px" : "";
        return string.Create(CultureInfo.InvariantCulture, $"-e{options.Epochs}-f{options.Fraction}{size}-s{options.Seed}{Fingerprint}");
    }

    /// <summary>The flags that ask for this scale.</summary>
    public string Flags => string.Create(CultureInfo.InvariantCulture, $"{Flag("epochs", Epochs)}{(Fraction is { } share ? $" --fraction {share}" : "")}{Flag("image-size", ImageSize)}{Flag("seed", Seed)}{Flag("threads", Threads > 0 ? Threads : null)}{(BatchNorm ? " --batch-norm" : "")}{string.Concat(Changes.Select(change => $" --set {ShellWord.Quoted($"{change.Key}={change.Value}")}"))}");

    /// <summary>What departs from the recipes, in a line; empty where nothing does.</summary>
    public string ChangesText => string.Join(", ", [.. BatchNorm ? ["batch normalisation"] : (string[])[], .. Changes.Select(change => $"{change.Key}={change.Value}")]);

    private string Fingerprint => ChangesText == "" ? "" : $"-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ChangesText)).AsSpan(0, 3))}";

    private static string Flag(string name, int? value) => value is { } given ? $" --{name} {given}" : "";

    /// <summary>Milestones that fall together count once.</summary>
    private static ImmutableArray<int> Moved(ImmutableArray<int> milestones, double share) =>
        [.. milestones.Select(epoch => Math.Max(1, (int)Math.Round(epoch * share))).Distinct()];
}
