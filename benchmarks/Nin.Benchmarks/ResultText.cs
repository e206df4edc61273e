namespace Nin.Benchmarks;

/// <summary>Races as a Markdown page: the ratios first, then what they are ratios of.</summary>
internal static class ResultText
{
    /// <summary>The page.</summary>
    public static string Of(IReadOnlyList<Race> races, Machine machine, int rounds)
    {
        IEnumerable<string> lines =
        [
            $"# Training steps on {machine.Processor}",
            "",
            "How many times as many images a second Nin trains, and how much longer its whole step takes than the step's convolutions alone:",
            "",
            .. Ratios(races),
            .. races.SelectMany(Numbers),
            "",
            "## What was measured",
            "",
            $"Whole training steps on {machine.Cores} logical cores, everyone in a process of its own, in turns: {rounds} rounds of at least 3 steps after a warm-up, the median of rounds (slowest and fastest in brackets).",
            "Nin uses every logical core. The others use as many threads as their libraries choose, as tutorials leave it, or OMP_NUM_THREADS where it is set; the tables say how many.",
            "Peak memory is the highest resident memory of the process.",
            "",
            .. Contestant.All.Select(contestant => $"- **{contestant.Name}**: {contestant.Details}"),
            "",
            $"Measured {machine.Date:yyyy-MM-dd HH:mm} UTC at commit {machine.Commit} with {string.Join(", ", Versions(races, machine))}.",
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string> Ratios(IReadOnlyList<Race> races)
    {
        Contestant[] others = [.. Contestant.Trainers.Where(contestant => contestant != Contestant.Ours)];
        return MarkdownTable.Lines(["network", .. others.Select(other => $"against {other.Name}"), "step / convolutions"], races.Select(race => (string[])
        [
            $"{race.Case.Network}, batch {race.Case.Batch}",
            .. others.Select(other => Ratio(race[other], race[Contestant.Ours], " x")),
            Ratio(race[Contestant.Ours], race[Contestant.Convolutions], ""),
        ]));
    }

    private static IEnumerable<string> Numbers(Race race) =>
    [
        "",
        $"## {race.Case.Network}, {race.Case.Entry.Input}, batch {race.Case.Batch}",
        "",
        .. MarkdownTable.Lines(["", "images/s", "ms a step", "threads", "peak memory"], race.Measurements.Select(measurement => Row(measurement, race.Case.Batch))),
        .. race.Measurements.Where(measurement => !measurement.IsThere).Select(measurement => $"\n{measurement.Contestant.Name} was not measured: {measurement.Missing}"),
    ];

    private static string[] Row(Measurement measured, int batch) => measured.IsThere
        ?
        [
            measured.Contestant.Name,
            $"{batch / measured.MedianSeconds:#,0} ({batch / measured.StepSeconds.Max():#,0}-{batch / measured.StepSeconds.Min():#,0})",
            $"{measured.MedianSeconds * 1000:#,0}",
            $"{measured.Threads}",
            $"{measured.PeakBytes / 1048576:#,0} MiB",
        ]
        : [measured.Contestant.Name, "missing", "", "", ""];

    /// <summary>Time by time; a dash where one is missing.</summary>
    private static string Ratio(Measurement longer, Measurement shorter, string unit) =>
        longer.IsThere && shorter.IsThere ? $"{longer.MedianSeconds / shorter.MedianSeconds:0.00}{unit}" : "-";

    private static IEnumerable<string> Versions(IReadOnlyList<Race> races, Machine machine) =>
        races.SelectMany(race => race.Measurements).Select(measurement => measurement.Version).OfType<string>().Distinct().Prepend(machine.Runtime).Append(machine.Platform);
}
