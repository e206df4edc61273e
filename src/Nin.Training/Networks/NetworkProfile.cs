using System.Diagnostics;
using Nin.Architectures;

namespace Nin.Training.Networks;

/// <summary>Where the time of training steps goes, operation by operation.</summary>
public sealed class NetworkProfile
{
    private readonly Dictionary<string, (TimeSpan Forward, TimeSpan Backward)> _times = [];

    /// <summary>Total times by the key and name of an operation, in the order of execution.</summary>
    public IReadOnlyDictionary<string, (TimeSpan Forward, TimeSpan Backward)> Times => _times;

    /// <summary>The name under which a step of a plan is timed. A ReLU that is part of another operation's kernel has no time of its own.</summary>
    public static string NameOf(PlannedStep step) => $"{step.Key} {OperationText.Describe(step.Operation)}";

    internal void AddForward(string operation, long startedAt) => Add(operation, Stopwatch.GetElapsedTime(startedAt), TimeSpan.Zero);

    internal void AddBackward(string operation, long startedAt) => Add(operation, TimeSpan.Zero, Stopwatch.GetElapsedTime(startedAt));

    private void Add(string operation, TimeSpan forward, TimeSpan backward)
    {
        var (f, b) = _times.GetValueOrDefault(operation);
        _times[operation] = (f + forward, b + backward);
    }
}
