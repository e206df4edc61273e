using Nin.Architectures;
using Nin.Cli.Consoles;
using Nin.Cli.Rendering;
using Nin.Data;
using Nin.Recipes;
using Nin.Runs;
using Nin.Training;
using Nin.Training.Runs;

namespace Nin.Cli.Reproducing;

/// <summary>
/// The trainings of all experiments in one folder: a finished one is taken as it is, one that was interrupted goes on, and what is missing is begun.
/// </summary>
/// <param name="folder">That of all experiments.</param>
/// <param name="dataRoot">The folder that holds official files; null searches the usual places.</param>
/// <param name="scale">Of every training.</param>
/// <param name="output">Shows them.</param>
internal sealed class RunPool(string folder, string? dataRoot, Scale scale, Output output)
{
    private const string Task = "runs";

    private (string Name, DataSet Data)? _loaded;

    /// <summary>The training that an experiment needs; null where it was stopped before its end.</summary>
    /// <exception cref="NinException">Data are missing, options do not fit, or the folder cannot be written to.</exception>
    public RunOutcome? Get(ExperimentRun run, StopRequest stop, ITrainingDisplay display)
    {
        var recipe = scale.Recipe(run);
        var directory = new RunDirectory(Path.Combine(folder, Task, run.Name + scale.Suffix(recipe)));
        var options = scale.Of(recipe) with { Name = directory.Name, DataRoot = dataRoot, Network = Network(run) ?? recipe.Network };
        OptionsCheck.Check(options);

        var before = RunSummary.Of(directory);
        if (before is { Options: { } begun, Ended: { } ended } && !WasStopped(ended))
        {
            // The folder may have been moved since.
            var isSameNetwork = Path.GetFileName(begun.Network) == Path.GetFileName(options.Network);
            ResumeCheck.Compare(begun, options with { Network = isSameNetwork ? begun.Network : options.Network });
            output.Remark($"{run.Label}: finished before, in {directory.Path}");
            return RunOutcome.Of(run, directory, recipe, options, ended);
        }
        output.Remark($"{run.Label}: {directory.Path}");
        ended = Train(directory, options, Load(options), stop, display);
        return WasStopped(ended) ? null : RunOutcome.Of(run, directory, recipe, options, ended);
    }

    private static RunEnded Train(RunDirectory directory, TrainingOptions options, DataSet data, StopRequest stop, ITrainingDisplay display)
    {
        RunEnded? last = null;
        try
        {
            return display.During(() => HasCheckpoint(directory)
                ? TrainingRun.Resume(options, data, directory, Show, stop)
                : TrainingRun.Train(options, data, Emptied(directory), Show, stop));
        }
        catch (TrainingException e) when (last is not null)
        {
            // A collapse is a result too: write-up B is known for it.
            display.Show(new RunNoticed($"{e.Message}; {e.Why}"));
            return last;
        }

        void Show(RunEvent happened)
        {
            last = happened as RunEnded ?? last;
            display.Show(happened);
        }
    }

    private DataSet Load(TrainingOptions options)
    {
        if (_loaded is not { } loaded || loaded.Name != options.Data) _loaded = loaded = (options.Data, DataLoader.Load(options.Data, dataRoot, new(), output));
        return loaded.Data;
    }

    /// <summary>The file of a network that no catalogue lists.</summary>
    private string? Network(ExperimentRun run)
    {
        if (scale.Network(run) is not { } network) return null;
        var path = Path.GetFullPath(Path.Combine(folder, "networks", $"{network.Name}.json"));
        ArchitectureJson.Write(path, network);
        return path;
    }

    private static bool HasCheckpoint(RunDirectory directory) => File.Exists(directory.LastCheckpoint) || File.Exists(directory.PreviousCheckpoint);

    /// <summary>A training that was killed before its first checkpoint begins again, unless another process is at it.</summary>
    private static RunDirectory Emptied(RunDirectory directory)
    {
        try
        {
            if (Directory.Exists(directory.Path))
            {
                RunLock.Take(directory).Dispose();
                Directory.Delete(directory.Path, recursive: true);
            }
            Directory.CreateDirectory(directory.Path);
            return directory;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"cannot write into {directory.Path}", e.Message, "choose a writable folder with --out", e);
        }
    }

    private static bool WasStopped(RunEnded ended) => ended.StoppedBecause is StopReason.Interrupted or StopReason.Terminated;
}
