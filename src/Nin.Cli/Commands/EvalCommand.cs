using System.CommandLine;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Cli.Rendering;
using Nin.Data;
using Nin.Evaluation;
using Nin.Recipes;
using Nin.Runs;
using Nin.Training;
using Nin.Weights;

namespace Nin.Cli.Commands;

/// <summary><c>nin eval</c>: tests a model on labelled images.</summary>
internal static class EvalCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var model = new Argument<string>("model") { Description = "name or folder of a run, or a model.safetensors" }.OffersRuns();
        var data = new Argument<string?>("data") { Description = "built-in data set or folder of images; the run's own when left out", Arity = ArgumentArity.ZeroOrOne }.OffersData();
        var root = new Option<string>("--data") { Description = "folder that holds the official files", HelpName = "folder" };
        var part = new Option<string>("--part") { Description = "part of the data: test, or train", HelpName = "test|train" }.Offers(() => ["test", "train"]);
        var gate = new Option<string>("--min-accuracy") { Description = "exit with 6 when top-1 is below it", HelpName = "share" };
        var device = new Option<string>("--device") { Description = "where to compute", HelpName = "auto|cpu|cuda|cuda:N|mps" };
        var precision = new Option<string>("--precision") { Description = "arithmetic of the network", HelpName = FlagValue.OneOf<Precision>().Name }.Offers(() => FlagValue.OneOf<Precision>().Choices);
        var threads = new Option<string>("--threads") { Description = "threads; 0 uses every core", HelpName = "n" };
        var flips = new Option<bool>("--flips") { Description = "also top-1 of each image together with its mirror image" };
        var batch = new Option<string>("--batch") { Description = "images at a time", HelpName = "n" };
        var command = new NinCommand("eval", "tests a model: loss, top-1, top-5, precision and recall of each class",
            new("nin eval fashion-mnist", "the run of that name on its own test images"),
            new("nin eval runs/train/fashion-mnist --part train", "the same on the images it was trained on"),
            new("nin eval cifar10 --flips", "also with each image and its mirror image judged together"),
            new("nin eval model.safetensors mnist --min-accuracy 0.9", "a gate for scripts: exit code 6 below 90 %"))
        {
            model, data, root, part, gate, flips, device, precision, threads, batch,
        };
        command.Aliases.Add("test");
        command.SetAction(parse =>
        {
            var settings = new EvaluationSettings
            {
                Device = parse.GetValue(device) ?? "auto",
                Precision = Enum.Parse<Precision>(Read(parse, precision, FlagValue.OneOf<Precision>()) ?? nameof(Precision.Auto), ignoreCase: true),
                Threads = int.Parse(Read(parse, threads, FlagValue.Whole) ?? "0"),
                Flips = parse.GetValue(flips),
                Batch = int.Parse(Read(parse, batch, FlagValue.Whole) ?? "500"),
            };
            var minimum = Read(parse, gate, FlagValue.Share) is { } share ? double.Parse(share) : (double?)null;
            var path = parse.GetRequiredValue(model);
            path = File.Exists(path) ? path : RunStore.Default().Find(path).Path;
            var stored = StoredModel.Read(path);
            var named = parse.GetValue(data);
            var loaded = DataLoader.Load(named ?? ModelData.Of(path, $"nin eval {path} <data>"), parse.GetValue(root) ?? (named is null ? ModelData.RootOf(path) : null), ModelData.FolderOptions(path, isOwn: named is null), output);
            foreach (var remark in loaded.Remarks) output.Remark(remark);
            var images = Part(loaded, parse.GetValue(part) ?? "test");
            var result = ModelEvaluation.Evaluate(stored, images, settings);
            output.Answer(result, EvaluationText.Lines(result, images));
            return minimum is { } bar ? Gate(result, bar, path) : 0;
        });
        return command;
    }

    private static string? Read(ParseResult parse, Option<string> option, FlagValue value) =>
        parse.GetValue(option) is { } typed ? value.Parse(option.Name, option.Description!, typed) : null;

    private static ImageSet Part(DataSet data, string part) => part switch
    {
        "train" => data.Train,
        "test" => data.Test ?? throw new DataException($"{data.Name} has no test part", "a flat folder of images is one part, which was trained on", "add a test folder, or --part train to test on all of it"),
        _ => throw new UsageException($"--part cannot be '{part}'", "a data set has the parts test and train", Suggestion.Remedy(part, ["test", "train"])),
    };

    private static int Gate(EvaluationResult result, double minimum, string path) => result.Top1 >= minimum
        ? 0
        : throw new GateException($"top-1 is {NumberText.Percent(result.Top1)}, below {NumberText.Percent(minimum)}", $"--min-accuracy asks for more than {path} reaches on these {NumberText.Count(result.Images)} images", "train longer, or lower --min-accuracy");
}
