using System.CommandLine;
using Nin.Cli.Consoles;
using Nin.Cli.Exporting;
using Nin.Cli.Parsing;
using Nin.Cli.Rendering;
using Nin.Weights;

namespace Nin.Cli.Commands;

/// <summary><c>nin edit</c>: takes classes out of a model, or puts one in.</summary>
internal static class EditCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var model = new Argument<string>("model") { Description = "name or folder of a run, or a model.safetensors" }.OffersRuns();
        var remove = new Option<string[]>("--remove-class") { Description = "class to take out; may be repeated", HelpName = "name", Arity = ArgumentArity.OneOrMore };
        var add = new Option<string[]>("--add-class") { Description = "class to put in, with weights that are zero, so that its logit is always 0; may be repeated", HelpName = "name", Arity = ArgumentArity.OneOrMore };
        var folder = new Option<string>("--out") { Description = "folder to write; runs/edit/<name> when left out", HelpName = "folder" };
        var command = new NinCommand("edit", "takes classes out of a model or puts one in; the other logits stay what they were",
            new("nin edit fashion-mnist --remove-class Shirt", "into a folder of its own: the run stays as it is"),
            new("nin edit fashion-mnist --add-class Scarf --out with-scarf", "one more class, into a folder of that name"))
        {
            model, remove, add, folder,
        };
        command.SetAction(parse =>
        {
            var path = ModelData.Find(parse.GetRequiredValue(model));
            var (removed, added) = (parse.GetValue(remove) ?? [], parse.GetValue(add) ?? []);
            if (removed.Length + added.Length == 0) throw new UsageException("nothing is to be edited", "neither --remove-class nor --add-class was given", $"for example nin edit {path} --remove-class <name>");
            var edited = added.Aggregate(removed.Aggregate(StoredModel.Read(path), ClassEdit.Remove), ClassEdit.Add);
            var (run, result) = NewModel.Write(parse.GetValue(folder), "edit", Path.GetFileName(Path.TrimEndingDirectorySeparator(Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!)), edited);
            output.Answer(new { run_dir = run.Path, classes = edited.Description.LabelNames, export = result },
            [
                $"edited    {run.Path}: {edited.Description.NumClasses} classes: {string.Join(", ", edited.Description.LabelNames)}",
                .. ExportText.Lines(result),
            ]);
            return 0;
        });
        return command;
    }
}
