using System.CommandLine;
using Nin.Cli.Consoles;
using Nin.Cli.Explaining;
using Nin.Cli.Parsing;
using Nin.Cli.Predicting;
using Nin.Cli.Rendering;
using Nin.Explanations;
using Nin.Files;
using Nin.Images;
using Nin.Inference;
using Nin.Onnx;
using Nin.Reports.Explanations;

namespace Nin.Cli.Commands;

/// <summary><c>nin explain</c>: where the evidence for a label lies. Nothing of libtorch is loaded.</summary>
internal static class ExplainCommand
{
    private const float LeastInBox = 0.5f;

    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var words = new Argument<string[]>("model and pictures") { Description = "files, folders or patterns; before them a model.onnx or a run, the model that ships when left out", Arity = ArgumentArity.ZeroOrMore }.OffersRuns();
        var allClasses = TypedFlag.Switch("--all-classes", "the map of every class, the largest tenth of all activations, as in the paper's figure 4");
        var filters = TypedFlag.Switch("--filters", "the windows of the first layer; takes no pictures");
        var map = TypedFlag.Switch("--map", "labels for every part of a picture larger than those of the training");
        var worst = new Option<string>("--worst") { Description = "explain the test images that a run took for something else most confidently", HelpName = "run" }.OffersRuns();
        var top = new Option<string>("--top") { Description = "class maps to show of each picture; 3 when left out", HelpName = "k" };
        var folder = new Option<string>("--out") { Description = "folder for the PNG files; explanations when left out", HelpName = "folder" };
        var command = new NinCommand("explain", "shows where in a picture the evidence for its label lies",
            new("nin explain photo.png", "class maps of the likeliest classes, and the account of the lead"),
            new("nin explain fashion-mnist photos/ --all-classes", "every class map of every picture, by the run of that name"),
            new("nin explain --worst fashion-mnist", "the run's most confident mistakes"),
            new("nin explain fashion-mnist --filters", "the first layer's windows"),
            new("nin explain model.onnx street.jpg --map", "what is where in a large picture"))
        {
            words, allClasses, filters, map, worst, top, folder,
        };
        command.SetAction(parse =>
        {
            var to = parse.GetValue(folder) ?? "explanations";
            var typed = parse.GetValue(words) ?? [];
            var way = new Option[] { allClasses, filters, map, worst }.FirstOrDefault(option => parse.GetResult(option) is { Implicit: false });
            if (way is not null) parse.OnlyHeeds(way.Name, way == worst ? [worst, top, folder] : [way, folder]);
            Check(typed, way?.Name);
            if (parse.GetValue(filters)) return Filters(typed, to, output);
            var count = top.Whole(parse, 3);
            if (parse.GetValue(worst) is { } run) return Worst(run, count, to, output);
            if (typed.Length == 0) throw new UsageException("there are no pictures to explain", "nin explain takes files, folders or patterns", "for example nin explain photo.png");
            var (model, pictures) = ModelAndPictures.Of(typed);
            return parse.GetValue(map) ? Map(model, pictures, to, output) : Explain(model, pictures, count, parse.GetValue(allClasses), to, output);
        });
        return command;
    }

    /// <summary>Refuses what would be ignored.</summary>
    private static void Check(string[] words, string? way)
    {
        if (words.Contains("-")) throw new UsageException("nin explain takes no standard input", "what it draws is named after the pictures' files", "write the picture to a file first");
        if (way == "--worst" && words is [var word, ..]) throw new UsageException($"--worst does not go together with {word}", "it takes its pictures from the run's own data", $"leave out {word}");
        if (way == "--filters" && words is [_, var picture, ..]) throw new UsageException($"--filters does not go together with {picture}", "it shows a model's first layer and takes no pictures", $"leave out {picture}");
    }

    private static int Explain(string model, IReadOnlyList<string> words, int top, bool allClasses, string folder, Output output)
    {
        using var classifier = Classifier.Load(model);
        var names = new PictureNames();
        var (explained, unreadable) = Each(words, file =>
        {
            var explanation = classifier.Explain(classifier.Decode(file), file);
            return (explanation, Save(folder, $"{names.For(file)}.{(allClasses ? "classes" : "maps")}.png", allClasses ? AllClassesSheet.Png(explanation) : ClassMapSheet.Png(ModelAndPictures.Shown(model), [explanation], top)));
        });
        Answer(model, explained, allClasses ? classifier.LabelNames.Length : top, unreadable.Documents, output);
        return unreadable.Check(explained.Count + unreadable.Count);
    }

    /// <summary>Does something with every picture that can be read and is fit for it.</summary>
    private static (IReadOnlyList<T> Done, UnreadablePictures Unreadable) Each<T>(IReadOnlyList<string> words, Func<string, T> work)
    {
        var (done, unreadable) = (new List<T>(), new UnreadablePictures());
        foreach (var (path, error) in PictureSource.Find(words))
        {
            try
            {
                done.Add(error is null ? work(path) : throw error);
            }
            catch (ImageException e)
            {
                unreadable.Add(path, e);
            }
            catch (DataException e)
            {
                unreadable.Add(path, new DataException($"{path}: {e.Message}", e.Why, e.Fix, e));
            }
        }
        return (done, unreadable);
    }

    private static int Worst(string run, int top, string folder, Output output)
    {
        var model = ModelAndPictures.Find(run) ?? throw new UsageException($"{run} is no model", "--worst takes a run or a model.onnx", "see nin runs");
        using var classifier = Classifier.Load(model);
        var data = ModelData.Load(model, named: null, root: null, "name a run: nin explain --worst <run>", output);
        var (images, numbers, name) = UnseenImages.Of(model, data);
        output.Remark($"looking at {Counted.Of(numbers.Length, "image")} of {name}");
        var mistakes = WorstMistakes.Of(classifier, images, numbers, count: 12);
        if (mistakes.Count == 0)
        {
            output.Answer(new { model, explanations = Array.Empty<object>(), errors = Array.Empty<object>() }, [$"every image of {name} is right"]);
            return 0;
        }
        var picture = Save(folder, "worst.png", ClassMapSheet.Png($"{run}: wrong most confidently", mistakes, top));
        Answer(model, [.. mistakes.Select(mistake => (mistake, picture))], top, [], output);
        return 0;
    }

    private static int Map(string model, IReadOnlyList<string> words, string folder, Output output)
    {
        using var scanner = PictureScanner.Load(model);
        var names = new PictureNames();
        var (found, unreadable) = Each(words, file =>
        {
            var picture = ImageDecoder.Decode(file, scanner.Window.Channels);
            var map = scanner.Scan(picture);
            var boxes = map.Boxes(LeastInBox);
            return (File: file, Map: map, Boxes: boxes, Picture: Save(folder, $"{names.For(file)}.map.png", LabelMapSheet.Png(file, picture, map, boxes, scanner.Geometry, scanner.LabelNames)));
        });
        output.Remark($"scale matters: the model knows things as large as in pictures of {scanner.Window.Width}x{scanner.Window.Height} pixels");
        output.Answer(
            new
            {
                model,
                label_names = scanner.LabelNames,
                maps = found.Select(each => new
                {
                    file = each.File,
                    labels = each.Map.Labels.ToArray().Chunk(each.Map.Width),
                    probabilities = each.Map.Probabilities.ToArray().Chunk(each.Map.Width),
                    boxes = each.Boxes.Select(box => new { label = scanner.LabelNames[box.Label], box.Probability, box.Windows, box.Row, box.Column, box.Height, box.Width }),
                    picture = each.Picture,
                }),
                errors = unreadable.Documents,
            },
            found.SelectMany(each => (IEnumerable<string>)[$"{each.File}: {Counted.Of(each.Boxes.Length, "part")}", .. TextTable.Lines(["  label", ">surest", ">windows"], each.Boxes.Take(10).Select(box => new[] { $"  {scanner.LabelNames[box.Label]}", NumberText.Percent(box.Probability), NumberText.Count(box.Windows) })), $"  {each.Picture}"]));
        return unreadable.Check(found.Count + unreadable.Count);
    }

    private static int Filters(string[] words, string folder, Output output)
    {
        var model = words is [var word, ..] ? ModelAndPictures.Find(word) ?? throw new UsageException($"{word} is no model", "--filters shows a model's first layer and takes no pictures", "name a run or a model.onnx") : ShippedModel.Path();
        var (weights, window) = OnnxModel.Read(model).FirstFilters();
        var count = weights.Length / window.Elements;
        var picture = Save(folder, "filters.png", FilterSheet.Png($"{count} windows of {window.Height}x{window.Width}", weights, window));
        output.Answer(new { model, filters = count, picture }, [picture]);
        return 0;
    }

    private static void Answer(string model, IReadOnlyList<(Explanation Explanation, string Picture)> explained, int top, IEnumerable<object> errors, Output output) =>
        output.Answer(
            new { model, explanations = explained.Select(each => ExplanationDocument.Of(each.Explanation, top, each.Picture)), errors },
            explained.SelectMany(each => ExplanationText.Lines(each.Explanation, each.Picture, output.Terminal.Colours)));

    private static string Save(string folder, string name, byte[] picture)
    {
        var path = Path.Combine(folder, name);
        AtomicFile.Write(path, stream => stream.Write(picture));
        return path;
    }
}
