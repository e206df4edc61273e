using Nin.Runs;

namespace Nin.Reports.Experiments;

/// <summary>Everything that the page of an experiment tells.</summary>
public sealed record ExperimentContent
{
    /// <summary>Where in the paper it stands.</summary>
    public required string Source { get; init; }

    /// <summary>What is compared.</summary>
    public required string Title { get; init; }

    /// <summary>What the paper found.</summary>
    public required string Shows { get; init; }

    /// <summary>How much smaller than the paper's this experiment was, as figures beside the title.</summary>
    public IReadOnlyList<Setting> Scale { get; init; } = [];

    /// <summary>What the paper found, and whether it was found again.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Tables and pictures.</summary>
    public IReadOnlyList<ReportSection> Sections { get; init; } = [];

    /// <summary>What to do next: what for, and the command.</summary>
    public IReadOnlyList<Setting> Commands { get; init; } = [];
}

/// <summary>Something that the paper found.</summary>
/// <param name="Statement">A sentence.</param>
/// <param name="Verdict">Whether it was found again.</param>
/// <param name="Detail">With which numbers.</param>
public sealed record Finding(string Statement, Verdict Verdict, string Detail);

/// <summary>Whether something that the paper found was found again.</summary>
public enum Verdict
{
    /// <summary>The runs that it takes are not all finished.</summary>
    Open,

    /// <summary>Yes, and by more than chance on the test images would explain.</summary>
    Seen,

    /// <summary>The difference is one that chance on the test images may make.</summary>
    TooClose,

    /// <summary>The opposite was found.</summary>
    NotSeen,
}
