namespace Nin.Benchmarks;

/// <summary>What is to be measured.</summary>
/// <param name="Cases">The networks.</param>
/// <param name="Rounds">How often every contestant is measured on each.</param>
internal sealed record Request(IReadOnlyList<BenchmarkCase> Cases, int Rounds)
{
    private const int FullRounds = 5;
    private const int QuickRounds = 2;

    /// <summary>Whether the results are worth keeping: every network, every round.</summary>
    public bool IsFull => Cases.Count == BenchmarkCase.All.Count && Rounds == FullRounds;

    /// <summary>Reads <c>[--quick] [network ...]</c>.</summary>
    /// <exception cref="UsageException">There is no such flag or network.</exception>
    public static Request Of(IReadOnlyList<string> args)
    {
        var flags = args.Where(arg => arg.StartsWith('-')).ToArray();
        if (flags.FirstOrDefault(flag => flag != "--quick") is { } unknown)
            throw new UsageException($"there is no flag {unknown}", $"./bench [--quick] [network ...], with the networks {string.Join(", ", BenchmarkCase.All.Select(known => known.Network))}", "./bench --quick");
        BenchmarkCase[] cases = [.. args.Except(flags).Select(BenchmarkCase.Find)];
        return new(cases.Length > 0 ? cases : BenchmarkCase.All, flags.Length > 0 ? QuickRounds : FullRounds);
    }
}
