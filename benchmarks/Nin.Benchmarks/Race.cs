using System.Diagnostics;

namespace Nin.Benchmarks;

/// <summary>All contestants on one network, in turns, so that whatever else the machine does hits all of them alike.</summary>
/// <param name="Case">The network.</param>
/// <param name="Measurements">In the order of <see cref="Contestant.All"/>.</param>
internal sealed record Race(BenchmarkCase Case, IReadOnlyList<Measurement> Measurements)
{
    private const double WarmUpSeconds = 2;
    private const double RoundSeconds = 1.5;
    private const int FewestSteps = 3;

    /// <summary>The measurement of a contestant.</summary>
    public Measurement this[Contestant contestant] => Measurements.First(measurement => measurement.Contestant == contestant);

    /// <summary>Warms everyone up, then measures everyone once a round.</summary>
    /// <param name="benchmark">The network.</param>
    /// <param name="rounds">How often everyone is measured.</param>
    /// <param name="report">Hears what is going on.</param>
    public static Race Run(BenchmarkCase benchmark, int rounds, Action<string> report)
    {
        var racers = new List<Racer>();
        try
        {
            foreach (var contestant in Contestant.All)
            {
                report($"{benchmark.Network}: warming up {contestant.Name}");
                racers.Add(new Racer(ContestantProcess.Start(contestant, benchmark)));
                racers[^1].WarmUp();
            }
            for (var round = 1; round <= rounds; round++)
            {
                report($"{benchmark.Network}: round {round} of {rounds}");
                foreach (var racer in racers) racer.TakeTurn();
            }
            return new(benchmark, [.. racers.Select(racer => racer.Measurement)]);
        }
        finally
        {
            foreach (var racer in racers) racer.Dispose();
        }
    }

    private sealed class Racer(ContestantProcess process) : IDisposable
    {
        private readonly List<double> _stepSeconds = [];
        private int _stepsPerTurn;

        public Measurement Measurement => new(process.Contestant, process.Version, process.Threads, process.Missing, _stepSeconds, process.PeakBytes);

        /// <summary>Until it has taken its steps and its time; then it is known how many steps make a turn.</summary>
        public void WarmUp()
        {
            if (process.Version is null) return;
            var clock = Stopwatch.StartNew();
            var step = process.Run(process.Contestant.WarmUpSteps) / process.Contestant.WarmUpSteps;
            while (clock.Elapsed.TotalSeconds < WarmUpSeconds) step = process.Run(1);
            _stepsPerTurn = Math.Max(FewestSteps, (int)Math.Ceiling(RoundSeconds / step));
        }

        public void TakeTurn()
        {
            if (_stepsPerTurn > 0) _stepSeconds.Add(process.Run(_stepsPerTurn) / _stepsPerTurn);
        }

        public void Dispose() => process.Dispose();
    }
}
