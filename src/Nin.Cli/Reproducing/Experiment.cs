using System.Collections.Immutable;
using Nin.Reports;
using Nin.Reports.Experiments;

namespace Nin.Cli.Reproducing;

/// <summary>An experiment of the paper as data: the runs that it takes, what was published, and what its page shows.</summary>
internal sealed record Experiment
{
    /// <summary>What people type.</summary>
    public required string Name { get; init; }

    /// <summary>What is compared.</summary>
    public required string Title { get; init; }

    /// <summary>Where it stands.</summary>
    public required string Source { get; init; }

    /// <summary>What was found there, in a sentence or two.</summary>
    public required string Shows { get; init; }

    /// <summary>Trained in this order; none where nothing has to be trained.</summary>
    public ImmutableArray<ExperimentRun> Runs { get; init; } = [];

    /// <summary>Results of others to stand beside.</summary>
    public ImmutableArray<PublishedResult> Others { get; init; } = [];

    /// <summary>What was found, and how to tell whether it is found again.</summary>
    public ImmutableArray<Func<ExperimentResults, Finding>> Findings { get; init; } = [];

    /// <summary>What the page has besides the table of errors and the curves.</summary>
    public Func<ExperimentResults, IEnumerable<ExperimentPart>> Parts { get; init; } = _ => [];
}

/// <summary>A published test error.</summary>
/// <param name="Label">Of what.</param>
/// <param name="Error">In 0..1.</param>
internal sealed record PublishedResult(string Label, double Error);

/// <summary>A part of an experiment's page.</summary>
/// <param name="Section">On the page.</param>
/// <param name="Files">Beside the page: names and contents.</param>
internal sealed record ExperimentPart(ReportSection Section, params ImmutableArray<(string Name, byte[] Content)> Files);
