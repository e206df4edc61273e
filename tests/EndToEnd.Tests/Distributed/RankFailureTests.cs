using System.Diagnostics;
using System.Runtime.Intrinsics;
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
        using (var mpirun = Mpi.Start(2, job.Folder, job.Begin(name, more: ["--set", "epochs=100000", "--set", "checkpoint_minutes=0"])))
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

    [Fact]
    public void A_rank_that_fails_says_why_and_ends_the_others()
    {
        Mpi.Require();
        var clock = Stopwatch.StartNew();
        using var mpirun = StartWithAnother("\"$@\" --device cuda:9", job.Begin("fails"));
        Assert.Equal(5, mpirun.ExitCode());
        Assert.Contains("rank 1 on", mpirun.Error);
        Assert.Contains("there is no device 'cuda' here", mpirun.Error);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(90));
    }

    /// <summary>A rank whose matrix products round otherwise, as an older processor's may, drifts away by the last bit: that is seen at the end of the epoch.</summary>
    [Fact]
    public void Weights_that_differ_by_a_bit_stop_the_run()
    {
        Mpi.Require();
        Assert.SkipUnless(Vector256.IsHardwareAccelerated, "this processor has no wider arithmetic to do without");
        using var mpirun = StartWithAnother("env ATEN_CPU_CAPABILITY=default MKL_ENABLE_INSTRUCTIONS=SSE4_2 ONEDNN_MAX_CPU_ISA=SSE41 \"$@\"", job.Begin("drifts", more: ["--set", "optimizer.kind=muon"]));
        Assert.Equal(5, mpirun.ExitCode());
        Assert.Contains("in epoch 1 the weights of rank 1", mpirun.Error);
    }

    [Fact]
    public void SIGTERM_to_mpirun_saves_and_ends_all()
    {
        Mpi.Require();
        var run = job.Run("terminated");
        using var mpirun = Mpi.Start(2, job.Folder, job.Begin("terminated", more: ["--set", "epochs=100000"]));
        WaitFor(() => File.Exists(run.PreviousCheckpoint), "a checkpoint");
        var ranks = Ranks(mpirun.Id);
        mpirun.Send("TERM");
        Assert.NotEqual(0, mpirun.ExitCode());
        WaitFor(() => !ranks.Any(IsAlive), "the end of all ranks");
        Assert.Contains("stopping after this step and saving", mpirun.Error);
        Safetensors.Read(run.LastCheckpoint);
    }

    /// <summary>Two ranks, of which the second one's command line is another; "$@" in it is that of the first.</summary>
    private NinProcess StartWithAnother(string second, string[] arguments) =>
        NinProcess.StartBy(["sh", "-c", $"exec mpirun --allow-run-as-root --oversubscribe -n 1 \"$@\" : -n 1 {second}", "sh"], job.Folder, arguments);

    private static void WaitFor(Func<bool> isSo, string what)
    {
        for (var clock = Stopwatch.StartNew(); !isSo(); Thread.Sleep(20)) Assert.True(clock.Elapsed < Seconds * 4, $"no sign of {what}");
    }

    /// <summary>The processes that mpirun has started, by rank.</summary>
    private static IReadOnlyList<int> Ranks(int mpirun) =>
        [.. File.ReadAllText($"/proc/{mpirun}/task/{mpirun}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).Order()];

    private static bool IsAlive(int process) => File.Exists($"/proc/{process}/stat") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
}
