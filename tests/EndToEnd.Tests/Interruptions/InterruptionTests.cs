using System.Diagnostics;

namespace Nin.EndToEnd.Interruptions;

/// <summary>Whatever happens to the process or its disk, the run that is resumed is the run that was begun: the same weights, bit for bit. tests/soak/kills strikes more often.</summary>
public sealed class InterruptionTests(SmallJob job, ITestOutputHelper output) : IClassFixture<SmallJob>
{
    /// <summary>NIN_KILLS sets how often, NIN_KILLS_SEED the seed of the moments.</summary>
    [Fact]
    public void A_run_killed_fifty_times_ends_with_the_same_weights() => Strike(Number("NIN_KILLS", 50), process => process.Kill());

    /// <summary>NIN_CUTS sets how often.</summary>
    [Fact]
    public void A_newest_checkpoint_that_is_cut_off_is_replaced_by_the_one_before() => Strike(Number("NIN_CUTS", 10), process => process.Kill(), truncate: true);

    /// <summary>NIN_TERMS sets how often.</summary>
    [Fact]
    public void A_run_ended_by_SIGTERM_saves_and_is_resumed_to_the_same_weights()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM");
        Strike(Number("NIN_TERMS", 6), process =>
        {
            process.Send("TERM");
            Assert.Contains(process.ExitCode(), new[] { 143, 0 });
        });
    }

    /// <summary>NIN_FILLS sets how often.</summary>
    [Fact]
    public void A_full_disk_is_said_and_leaves_the_last_good_checkpoint_to_go_on_from()
    {
        using var disk = SmallDisk.Mount(job.Folder("disk"));
        Assert.SkipWhen(disk is null, "only root may mount a small disk");
        var (run, random) = (job.Run("full", "disk"), new Random(Number("NIN_KILLS_SEED", 17)));
        for (var fills = Number("NIN_FILLS", 1); fills > 0; fills--)
        {
            using (var process = job.StartOrResume("full", "disk"))
            {
                Assert.True(job.WaitForCheckpoint(process, "full", "disk"), "it ended before its first checkpoint");
                if (process.EndsWithin(job.Duration * 0.4 * random.NextDouble()))
                {
                    // Faster than the undisturbed run, which had neighbours: once more.
                    fills++;
                    Directory.Delete(run.Path, recursive: true);
                    continue;
                }
                disk!.Fill();
                Assert.Equal(1, process.ExitCode());
                Assert.Contains("training goes on, the last good checkpoint stays", process.Error);
                Assert.Contains("error: the run came to its end, but not all of it could be written", process.Error);
            }
            SmallJob.AssertReadable(run);
            disk.Free();
            using var resumed = job.StartOrResume("full", "disk");
            Assert.True(resumed.ExitCode() == 0, resumed.Error);
            job.AssertSame(run);
            Directory.Delete(run.Path, recursive: true);
        }
    }

    [Fact]
    public void A_run_cannot_be_resumed_while_it_runs()
    {
        using var first = job.StartOrResume("run");
        Assert.True(job.WaitForCheckpoint(first, "run"), "it ended before its first checkpoint");
        first.Send("STOP");
        using (var second = job.StartOrResume("run"))
        {
            Assert.Equal(2, second.ExitCode());
            Assert.Contains("another process trains into", second.Error);
        }
        first.Send("CONT");
        Assert.Equal(0, first.ExitCode());
        job.AssertSame(job.Run("run"));
    }

    /// <summary>Two campaigns side by side, one a core.</summary>
    private void Strike(int blows, Action<NinProcess> strike, bool truncate = false)
    {
        var seed = Number("NIN_KILLS_SEED", 17);
        Campaign[] campaigns = [new(job, "first", seed), new(job, "second", seed + 1)];
        var clock = Stopwatch.StartNew();
        Parallel.ForEach(campaigns, campaign => campaign.Run(blows / campaigns.Length, strike, truncate));
        Assert.True(campaigns.Sum(campaign => campaign.Trained) > 0, "no blow met a training");
        if (truncate) Assert.True(campaigns.Sum(campaign => campaign.Truncated) > 0, "no checkpoint was cut off");
        output.WriteLine($"{blows} blows, {campaigns.Sum(campaign => campaign.Trained)} of them after the start, {campaigns.Sum(campaign => campaign.Truncated)} checkpoints cut off, {campaigns.Sum(campaign => campaign.Finished)} trainings finished, all with the weights of the undisturbed one; {clock.Elapsed.TotalSeconds:0} s");
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : otherwise;
}
