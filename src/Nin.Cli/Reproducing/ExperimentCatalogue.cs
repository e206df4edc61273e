using System.Collections.Immutable;
using Nin.Cli.Reproducing.Experiments;

namespace Nin.Cli.Reproducing;

/// <summary>Every experiment that can be reproduced.</summary>
internal static class ExperimentCatalogue
{
    /// <summary>In the paper's order, then what goes beyond it.</summary>
    public static ImmutableArray<Experiment> Entries { get; } =
    [
        Table1.Experiment, Table2.Experiment, Table3.Experiment, Table4.Experiment, Table5.Experiment, Section46.Experiment, Figure3.Experiment, Figure4.Experiment,
        LinearVsMlpconv.Experiment, Writeups.Experiment, Parameters.Experiment,
    ];

    /// <summary>The experiment of a name.</summary>
    /// <exception cref="UsageException">There is no such experiment.</exception>
    public static Experiment Find(string name)
    {
        string[] names = [.. Entries.Select(entry => entry.Name)];
        return Entries.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException($"there is no experiment '{name}'", $"the experiments are {string.Join(", ", names)}", Suggestion.Remedy(name, names));
    }
}
