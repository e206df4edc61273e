using System.CommandLine;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Cli.Predicting;
using Nin.Cli.Rendering;
using Nin.Inference;

namespace Nin.Cli.Commands;

/// <summary><c>nin predict</c>: classifies pictures. Nothing of libtorch is loaded.</summary>
internal static class PredictCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var words = new Argument<string[]>("model and pictures") { Description = "files, folders, patterns such as 'photos/*.jpg', or - for a picture on standard input; before them a model.onnx or a run, the model that ships when left out", Arity = ArgumentArity.OneOrMore }.OffersRuns();
        var top = new Option<string>("--top") { Description = "likeliest classes to show; 3 when left out", HelpName = "k" };
        var batch = new Option<string>("--batch") { Description = "pictures in a run of the model; 32 when left out", HelpName = "n" };
        var threads = new Option<string>("--threads") { Description = "threads; 0 uses every core", HelpName = "n" };
        var csv = TypedFlag.Switch("--csv", "CSV on standard output");
        var command = new NinCommand("predict", "classifies pictures",
            new("nin predict photo.png", "by the model that ships"),
            new("nin predict fashion-mnist photos/", "by the run of that name: every picture in a folder"),
            new("nin predict model.onnx 'photos/*.jpg' --csv", "a row a picture, for a spreadsheet"),
            new("nin predict -", "a picture from standard input"))
        {
            words, top, batch, threads, csv,
        };
        command.SetAction(parse =>
        {
            if (parse.GetValue(csv) && output.Json) throw new UsageException("--csv does not go together with --json", "each of them is all of standard output", "leave out one of them");
            var (most, size) = (top.Whole(parse, 3), batch.Whole(parse, 32));
            var (model, pictures) = ModelAndPictures.Of(parse.GetRequiredValue(words));
            using var classifier = Classifier.Load(model, threads.Threads(parse));
            var results = new PredictionResults(classifier, model, most);
            foreach (var result in PictureSource.Classify(classifier, pictures, size, Console.OpenStandardInput)) results.Add(result);
            if (parse.GetValue(csv)) output.Terminal.Out.Write(PredictionText.Csv(results));
            else output.Answer(results.Document(), PredictionText.Lines(results));
            return results.Check();
        });
        return command;
    }
}
