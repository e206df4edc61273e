using System.CommandLine;
using Nin.Cli.Consoles;
using Nin.Cli.Explaining;
using Nin.Cli.Parsing;
using Nin.Cli.Rendering;
using Nin.Data;
using Nin.Evaluation;
using Nin.Recipes;
using Nin.Training;
using Nin.Weights;

namespace Nin.Cli.Commands;

/// <summary><c>nin eval</c>: tests a model on labelled images.</summary>
internal static class EvalCommand
{
    private static readonly string[] _parts = ["test", "val", "train"];

    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var model = new Argument<string>("model") { Description = "name or folder of a run, or a model.safetensors" }.OffersRuns();
        var data = new Argument<string?>("data") { Description = "built-in data set or folder of images; the run's own when left out", Arity = ArgumentArity.ZeroOrOne }.OffersData();
        var root = new Option<string>("--data") { Description = "folder that holds the official files", HelpName = "folder" };
        var part = new Option<string>("--part") { Description = "part of the data; when left out test, or what the training held out where there is no such part", HelpName = string.Join('|', _parts) }.Offers(() => _parts);
        var gate = new Option<string>("--min-accuracy") { Description = "exit with 6 when top-1 is below it", HelpName = "share" };
        var device = new Option<string>("--device") { Description = "where to compute", HelpName = "auto|cpu|cuda|cuda:N|mps" };
        var precision = TypedFlag.Choice<Precision>("--precision", "arithmetic of the network");
        var threads = new Option<string>("--threads") { Description = "threads; 0 uses every core", HelpName = "n" };
        var flips = TypedFlag.Switch("--flips", "also top-1 of each image together with its mirror image");
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
                Precision = precision.OneOf<Precision>(parse) ?? Precision.Auto,
                Threads = threads.Threads(parse),
                Flips = parse.GetValue(flips),
                Batch = batch.Whole(parse, 500),
            };
            var minimum = gate.Read(parse, FlagValue.Share) is { } share ? double.Parse(share) : (double?)null;
            if (minimum is < 0 or > 1) throw new UsageException($"--min-accuracy cannot be '{parse.GetValue(gate)}'", "it is a share from 0 to 1", "for example --min-accuracy 0.9 or 90%");
            var asked = parse.GetValue(part);
            if (asked is not null && !_parts.Contains(asked)) throw new UsageException($"--part cannot be '{asked}'", $"a data set has the parts {string.Join(", ", _parts)}", Suggestion.Remedy(asked, _parts));
            var path = ModelData.Find(parse.GetRequiredValue(model));
            var stored = StoredModel.Read(path);
            var named = parse.GetValue(data);
            var loaded = ModelData.Load(path, named, parse.GetValue(root), $"nin eval {ShellWord.Quoted(path)} <data>", output);
            var (images, name) = Part(loaded, asked, path, isOwn: ModelData.IsOwn(path, named));
            if (asked is null && loaded.Test is null) output.Remark($"{loaded.Name} has no test part; tested on {Counted.Of(images.Count, "image")} of {name}");
            var result = ModelEvaluation.Evaluate(stored, images, settings);
            output.Answer(result, EvaluationText.Lines(result, name));
            return minimum is { } bar ? Gate(result, bar, path) : 0;
        });
        return command;
    }

    /// <summary>The images of a part, and what they are called.</summary>
    /// <param name="data">All of them.</param>
    /// <param name="part">What was asked for; null for the test part or, where there is none, images that the model was not trained on.</param>
    /// <param name="model">By which those that its training held out are found.</param>
    /// <param name="isOwn">Whether the model was trained on these data.</param>
    /// <exception cref="DataException">There is no such part.</exception>
    internal static (ImageSet Images, string Name) Part(DataSet data, string? part, string model, bool isOwn)
    {
        var images = part switch
        {
            "train" => data.Train,
            "val" => data.Validation,
            "test" => data.Test,
            _ => data.Test ?? (isOwn ? null : data.Validation ?? data.Train),
        };
        if (images is not null) return (images, images.Name);
        var unseen = (part, isOwn) switch
        {
            (null, _) => UnseenImages.Of(model, data),
            ("val", true) => UnseenImages.OfValidation(model, data),
            _ => null,
        };
        if (unseen is not null) return (unseen.Alone, unseen.Name);
        var there = new[] { data.Test, data.Validation, data.Train }.OfType<ImageSet>().Select(each => each.Part);
        throw new DataException($"{data.Name} has no {part} part", $"it has {string.Join(", ", there)}", "leave out --part, or name one of these");
    }

    private static int Gate(EvaluationResult result, double minimum, string path) => result.Top1 >= minimum
        ? 0
        : throw new GateException($"top-1 is {NumberText.Percent(result.Top1)}, below {NumberText.Percent(minimum)}", $"--min-accuracy asks for more than {path} reaches on these {NumberText.Count(result.Images)} images", "train longer, or lower --min-accuracy");
}
