using System.Diagnostics;
using Nin.Runs;
using Nin.Weights;

namespace Nin.EndToEnd.Distributed;

/// <summary>Whatever ends one process of a job ends all of them within seconds, and leaves a run that can be resumed.</summary>
public sealed class RankFailureTests(SharedJob job) : IClassFixture<SharedJob>
{
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(10);

    public enum Victim
    {
        First,
        Last,
        Mpirun,
    }

    [Theory]
    [InlineData(Victim.First)]
    [InlineData(Victim.Last)]
    [InlineData(Victim.Mpirun)]
    public void A_kill_leaves_no_process_behind_and_a_run_to_resume(Victim victim)
    {
        Mpi.Require();
        var name = $"killed-{victim}";
        var run = job.Run(name);
        using (var mpirun = Mpi.Start(2, job.Folder, job.Begin(name, more: ["--epochs", "100000", "--checkpoint-every", "0"])))
        {
            WaitFor(() => File.Exists(run.PreviousCheckpoint), "a checkpoint");
            var ranks = Ranks(mpirun.Id);
            Assert.Equal(2, ranks.Count);
            Process.GetProcessById(victim switch { Victim.First => ranks[0], Victim.Last => ranks[1], _ => mpirun.Id }).Kill();
            WaitFor(() => !ranks.Any(IsAlive), "the end of all ranks");
            Assert.NotEqual(0, mpirun.ExitCode());
        }
        Safetensors.Read(run.LastCheckpoint);
        Safetensors.Read(run.PreviousCheckpoint);
        var epochs = ResultsCsv.Read(run.Results).Length;
        using var resumed = NinProcess.Start(job.Folder, "train", "--resume", run.Path, "--epochs", $"{epochs + 1}", "--no-report");
        Assert.True(resumed.ExitCode() == 0, resumed.Error);
        Assert.InRange(ResultsCsv.Read(run.Results).Length, epochs, epochs + 1);
    }

    private static void WaitFor(Func<bool> isSo, string what)
    {
        for (var clock = Stopwatch.StartNew(); !isSo(); Thread.Sleep(20)) Assert.True(clock.Elapsed < Seconds * 4, $"no sign of {what}");
    }

    /// <summary>The processes that mpirun has started, by rank.</summary>
    private static IReadOnlyList<int> Ranks(int mpirun) =>
        [.. File.ReadAllText($"/proc/{mpirun}/task/{mpirun}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).Order()];

    private static bool IsAlive(int process) => File.Exists($"/proc/{process}/stat") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
}
