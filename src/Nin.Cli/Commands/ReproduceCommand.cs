using System.CommandLine;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Cli.Rendering;
using Nin.Cli.Reproducing;

namespace Nin.Cli.Commands;

/// <summary><c>nin reproduce</c>: an experiment of the paper, by one command.</summary>
internal static class ReproduceCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var experiment = new Argument<string?>("experiment") { Description = "which one; all are listed when left out", Arity = ArgumentArity.ZeroOrOne }.Offers(() => ExperimentCatalogue.Entries.Select(each => each.Name));
        var epochs = new Option<string>("--epochs") { Description = "most epochs of each training; the published number when left out", HelpName = "n" };
        var fraction = new Option<string>("--fraction") { Description = "share of the training images that is used", HelpName = "share" };
        var size = new Option<string>("--image-size") { Description = "side to which images are brought, in pixels", HelpName = "n" };
        var seed = new Option<string>("--seed") { Description = "seed of all randomness", HelpName = "n" };
        var threads = new Option<string>("--threads") { Description = "threads; 0 uses every core", HelpName = "n" };
        var norm = TypedFlag.Switch("--batch-norm", "give the networks batch normalisation: unlike the paper's, they learn something in a few epochs");
        var data = new Option<string>("--data") { Description = "folder that holds the official files", HelpName = "folder" };
        var root = new Option<string>("--out") { Description = $"folder for trainings and pages; {Reproduction.DefaultFolder} when left out", HelpName = "folder" };
        var command = new NinCommand("reproduce", "repeats an experiment of the paper and lays its numbers beside the published ones",
            new("nin reproduce", "lists the experiments: what each shows and what it takes"),
            new("nin reproduce parameters", "counts, at once"),
            new("nin reproduce figure3 --epochs 20 --fraction 0.1 --batch-norm", "dropout or not, at a scale for a lunch break"),
            new("nin reproduce table5", "at the paper's scale: days on a few cores; call it again and it goes on"))
        {
            experiment, epochs, fraction, size, seed, threads, norm, TrainRequest.SetOption(), data, root,
        };
        command.SetAction(parse =>
        {
            var scale = new Scale
            {
                Epochs = epochs.WholeOrNull(parse),
                Fraction = fraction.Read(parse, FlagValue.Share) is { } share ? double.Parse(share) : null,
                ImageSize = size.WholeOrNull(parse),
                Seed = seed.WholeOrNull(parse, least: int.MinValue),
                Threads = threads.Threads(parse),
                BatchNorm = parse.GetValue(norm),
                Changes = [.. TrainRequest.OfSet(parse.GetValue<string[]>("--set") ?? [])],
            };
            var dataRoot = parse.GetValue(data) is { } folder ? Path.GetFullPath(folder) : null;
            if (parse.GetValue(experiment) is not { } name) return List(scale, output);
            return Reproduce(ExperimentCatalogue.Find(name), new(parse.GetValue(root) ?? Reproduction.DefaultFolder, dataRoot, scale, output), output);
        });
        return command;
    }

    private static int List(Scale scale, Output output)
    {
        output.Answer(
            new { experiments = ExperimentCatalogue.Entries.Select(each => new { each.Name, each.Source, each.Title, each.Shows, takes = Effort.Of(each, scale) }) },
            ExperimentText.Listing(ExperimentCatalogue.Entries, scale));
        return 0;
    }

    private static int Reproduce(Experiment experiment, Reproduction reproduction, Output output)
    {
        var display = ITrainingDisplay.For(output);
        using var signals = new StopSignals(display.Show, output.Terminal);
        var results = reproduction.Run(experiment, signals.Request, display);
        var page = reproduction.Page(experiment);
        output.Answer(ExperimentText.Document(results, page), ExperimentText.Lines(results, page));
        if (signals.Reason is not { } reason) return 0;
        output.Remark($"go on with: {reproduction.Command(experiment)}");
        return StopReason.ExitCode(reason);
    }
}
