using Nin.Recipes;

namespace Nin.Training.Optimizers;

/// <summary>Watches a loss and reduces the rate when it stops falling; after the last reduction the run has converged.</summary>
public sealed record Plateau
{
    /// <summary>The lowest loss so far.</summary>
    public double Best { get; init; } = double.PositiveInfinity;

    /// <summary>Epochs since then.</summary>
    public int Waited { get; init; }

    /// <summary>Epochs of rest left after a reduction.</summary>
    public int Resting { get; init; }

    /// <summary>How often the rate was reduced.</summary>
    public int Reductions { get; init; }

    /// <summary>Whether another reduction was due after the last one allowed.</summary>
    public bool Converged { get; init; }

    /// <summary>The state after an epoch's loss.</summary>
    public Plateau After(double loss, ScheduleOptions options)
    {
        var better = loss < Best * (1 - options.MinDelta);
        var state = this with { Best = better ? loss : Best, Waited = better || Resting > 0 ? 0 : Waited + 1, Resting = Math.Max(0, Resting - 1) };
        if (state.Waited <= options.Patience) return state;
        return state.Reductions >= options.MaxReduce
            ? state with { Converged = true }
            : state with { Reductions = state.Reductions + 1, Waited = 0, Resting = options.Cooldown };
    }
}
