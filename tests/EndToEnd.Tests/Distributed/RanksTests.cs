namespace Nin.EndToEnd.Distributed;

/// <summary>However many ranks make a run, it is the run of one.</summary>
public sealed class RanksTests(SharedJob job) : IClassFixture<SharedJob>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Two_and_four_ranks_make_the_steps_of_one(bool norm)
    {
        Mpi.Require();
        string[] sync = norm ? ["--sync-batch-norm"] : [];
        var alone = NinProcess.Run(job.Folder, job.Begin($"one-{norm}", norm, sync));
        Assert.True(alone.ExitCode == 0, alone.Error);
        foreach (var ranks in (int[])[2, 4])
        {
            var together = Mpi.Run(ranks, job.Folder, job.Begin($"{ranks}-{norm}", norm, sync));
            Assert.True(together.ExitCode == 0, together.Error);
            job.AssertNear($"one-{norm}", $"{ranks}-{norm}");
        }
    }
}
