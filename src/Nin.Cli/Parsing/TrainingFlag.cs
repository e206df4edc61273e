using System.CommandLine;
using Nin.Imaging;
using Nin.Recipes;

namespace Nin.Cli.Parsing;

/// <summary>A flag of <c>nin train</c> that stands for one training option.</summary>
/// <param name="Flag">As it is typed.</param>
/// <param name="Path">Of the option in <see cref="TrainingOptions"/>, as <c>--set</c> and configuration files name it.</param>
/// <param name="Value">What it takes.</param>
/// <param name="Meaning">For the help.</param>
internal sealed record TrainingFlag(string Flag, string Path, FlagValue Value, string Meaning)
{
    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<TrainingFlag> All { get; } =
    [
        new("--net", "network", FlagValue.Words("name|file", "nin-cifar10") with { Choices = [.. KnownWords.Networks()] }, "network of the catalogue, or a JSON file with one"),
        new("--epochs", "epochs", FlagValue.Whole, "passes over the training data"),
        new("--time", "time_minutes", FlagValue.Minutes, "longest time to train"),
        new("--batch", "batch", FlagValue.Whole, "images in a step"),
        new("--image-size", "image_size", FlagValue.Whole, "side to which images are resized, in pixels"),
        new("--fit", "fit", FlagValue.OneOf<ImageFit>(), "what becomes of images that are not square: cropped from the middle, or stretched"),
        new("--val-dir", "val_dir", FlagValue.Words("name", "val"), "folder to validate on, beside the folder train"),
        new("--lr", "optimizer.learning_rate", FlagValue.Number, "highest learning rate"),
        new("--optimizer", "optimizer.kind", FlagValue.OneOf<OptimizerKind>(), "rule that updates the weights"),
        new("--schedule", "schedule.kind", FlagValue.OneOf<ScheduleKind>(), "course of the learning rate"),
        new("--momentum", "optimizer.momentum", FlagValue.Number, "momentum of SGD and Muon"),
        new("--weight-decay", "optimizer.weight_decay", FlagValue.Number, "pull of the weights towards zero"),
        new("--patience", "patience", FlagValue.Whole, "epochs without a better validation accuracy before it ends"),
        new("--val", "validation", FlagValue.Share, "share of the training data that is held out"),
        new("--fraction", "fraction", FlagValue.Share, "share of the training images that is used"),
        new("--seed", "seed", FlagValue.Whole, "seed of all randomness"),
        new("--device", "device", FlagValue.Words("auto|cpu|cuda|cuda:N|mps", "cpu"), "where to compute"),
        new("--threads", "threads", FlagValue.Whole, "threads; 0 uses every core"),
        new("--precision", "precision", FlagValue.OneOf<Precision>(), "arithmetic of the network"),
        new("--on-collapse", "on_collapse", FlagValue.OneOf<CollapseAction>(), "what to do once every class map is dead"),
        new("--checkpoint-every", "checkpoint_minutes", FlagValue.MinutesOrNone, "time between checkpoints within an epoch, 0 for one after every step; 5m when left out"),
        new("--name", "name", FlagValue.Words("name", "my-run"), "name of the run's folder"),
    ];

    /// <summary>The same for the parser.</summary>
    public Option<string> ToOption() => new Option<string>(Flag) { Description = Meaning, HelpName = Value.Name }.Offers(() => Value.Choices);
}
