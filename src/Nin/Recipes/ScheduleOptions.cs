using System.Collections.Immutable;

namespace Nin.Recipes;

/// <summary>How the learning rate moves.</summary>
public sealed record ScheduleOptions
{
    /// <summary>The course.</summary>
    public ScheduleKind Kind { get; init; } = ScheduleKind.Constant;

    /// <summary>Epochs of linear rise from zero before any schedule.</summary>
    public double WarmupEpochs { get; init; }

    /// <summary>Step: the epochs, from 1, after which the rate is multiplied.</summary>
    public ImmutableArray<int> Milestones { get; init; } = [];

    /// <summary>Step and plateau: the multiplier.</summary>
    public double Factor { get; init; } = 0.1;

    /// <summary>Plateau: epochs without improvement that are tolerated.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>Plateau: reductions before the run counts as converged.</summary>
    public int MaxReduce { get; init; } = 3;

    /// <summary>Plateau: the share by which the loss must fall to count as better.</summary>
    public double MinDelta { get; init; } = 1e-4;

    /// <summary>Plateau: epochs after a reduction in which none is counted.</summary>
    public int Cooldown { get; init; }

    /// <summary>One-cycle: the share of steps spent rising.</summary>
    public double Rise { get; init; } = 0.25;

    /// <summary>One-cycle: the first rate relative to the highest.</summary>
    public double Start { get; init; } = 0.2;

    /// <summary>One-cycle and cosine: the last rate relative to the highest.</summary>
    public double End { get; init; }
}

/// <summary>The course of the learning rate.</summary>
public enum ScheduleKind
{
    /// <summary>The same throughout.</summary>
    Constant,

    /// <summary>Times the factor at each milestone.</summary>
    Step,

    /// <summary>Times the factor whenever the validation loss stops falling; after the last reduction the run has converged.</summary>
    Plateau,

    /// <summary>Down along half a cosine.</summary>
    Cosine,

    /// <summary>Linearly up to the full rate, then linearly down.</summary>
    OneCycle,
}
