using Nin.Cli.Consoles;
using Nin.Cli.Rendering;
using Nin.Files;
using Nin.Reports.Experiments;
using Nin.Runs;

namespace Nin.Cli.Reproducing;

/// <summary>Runs an experiment and leaves its page, anew after every training, so that a stop or a crash leaves what there is.</summary>
/// <param name="folder">Of all experiments.</param>
/// <param name="dataRoot">The folder that holds official files; null searches the usual places.</param>
/// <param name="scale">Of every training.</param>
/// <param name="output">Shows it.</param>
internal sealed class Reproduction(string folder, string? dataRoot, Scale scale, Output output)
{
    /// <summary>The page of an experiment.</summary>
    public string Page(Experiment experiment) => Path.Combine(folder, experiment.Name, "index.html");

    /// <summary>What the trainings gave; fewer than the experiment has where it was stopped.</summary>
    /// <exception cref="NinException">Data are missing, options do not fit, or the folder cannot be written to.</exception>
    public ExperimentResults Run(Experiment experiment, StopRequest stop, ITrainingDisplay display)
    {
        // What no training takes is refused before anything is written.
        foreach (var run in experiment.Runs) scale.Of(scale.Recipe(run));
        var pool = new RunPool(folder, dataRoot, scale, output);
        var results = new ExperimentResults(experiment, scale.ChangesText, []);
        Write(results);
        foreach (var run in experiment.Runs)
        {
            if (stop.IsRequested || pool.Get(run, stop, display) is not { } outcome) break;
            results = results with { Outcomes = results.Outcomes.Add(outcome) };
            Write(results);
        }
        return results;
    }

    private void Write(ExperimentResults results)
    {
        ExperimentPart[] parts = [.. ExperimentParts.Of(results), .. results.Experiment.Parts(results)];
        foreach (var (name, content) in parts.SelectMany(part => part.Files))
            AtomicFile.Write(Path.Combine(folder, results.Experiment.Name, name), stream => stream.Write(content));
        AtomicFile.WriteText(Page(results.Experiment), ExperimentPage.Write(new()
        {
            Source = results.Experiment.Source,
            Title = results.Experiment.Title,
            Shows = results.Experiment.Shows,
            Scale = [.. results.Scale.Select(fact => new Setting(fact.Name, fact.Value))],
            Findings = [.. results.Experiment.Findings.Select(find => find(results))],
            Sections = [.. parts.Select(part => part.Section)],
            Commands =
            [
                new("The same again; what is finished is kept", Command(results.Experiment)),
                .. results.Outcomes.Select(outcome => new Setting($"More about {outcome.Run.Label}", $"nin eval {ShellWord.Quoted(outcome.Directory.Path)}")),
            ],
        }));
    }

    /// <summary>What begins the experiment, or goes on with it.</summary>
    public string Command(Experiment experiment) =>
        $"nin reproduce {experiment.Name}{scale.Flags}{(dataRoot is null ? "" : $" --data {ShellWord.Quoted(dataRoot)}")}{(folder == DefaultFolder ? "" : $" --out {ShellWord.Quoted(folder)}")}";

    /// <summary>Where experiments are kept unless something else is said.</summary>
    public const string DefaultFolder = "reproduce";
}
