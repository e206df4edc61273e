using Nin.Runs;

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
        Alone(job.Begin($"one-{norm}", norm, sync));
        foreach (var ranks in (int[])[2, 4])
        {
            Together(ranks, job.Begin($"{ranks}-{norm}", norm, sync));
            job.AssertNear($"one-{norm}", $"{ranks}-{norm}");
        }
    }

    /// <summary>Steps of 14, 14, 14, 14 and 4 images, of which three ranks get one or two each; held-out images, CutMix, averaged weights.</summary>
    [Fact]
    public void A_run_begun_on_three_ranks_goes_on_with_two_and_ends_alone()
    {
        Mpi.Require();
        string[] settings = ["--schedule", "constant", "--set", "batch=14", "--set", "validation=0.1", "--set", "augmentation.cutmix=0.5", "--set", "optimizer.average=0.9", "--sync-batch-norm"];
        string[] Epochs(int count) => [.. settings, "--set", $"epochs={count}"];
        Alone(job.Begin("whole", norm: true, Epochs(6)));
        Together(3, job.Begin("parts", norm: true, Epochs(2)));
        Together(2, "train", "--resume", job.Run("parts").Path, "--epochs", "4", "--no-report");
        Alone("train", "--resume", job.Run("parts").Path, "--epochs", "6", "--no-report");
        job.AssertNear("whole", "parts");
        Assert.Equal(Accuracies("whole"), Accuracies("parts"));
    }

    /// <summary>Three images for four ranks: one has nothing to do in the last step of an epoch, whether the others wait for its sums or not.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_rank_may_be_left_without_images(bool sync)
    {
        Mpi.Require();
        string[] settings = ["--set", "batch=57", "--set", "epochs=3"];
        var (_, output, error) = Together(4, job.Begin($"idle-{sync}", norm: true, sync ? [.. settings, "--sync-batch-norm"] : settings));
        Assert.Single(output.Split('\n'), line => line.StartsWith("test accuracy", StringComparison.Ordinal));
        Assert.Single(error.Split('\n'), line => line.Contains("ranks ", StringComparison.Ordinal) && line.Contains(sync ? "over all" : "each rank's own", StringComparison.Ordinal));
        Assert.DoesNotContain('\e', output + error);
        Assert.InRange(ResultsCsv.Read(job.Run($"idle-{sync}").Results)[^1].TrainLoss, 0.1, 5);
    }

    [Fact]
    public void The_rate_is_scaled_only_when_asked()
    {
        Mpi.Require();
        Together(2, job.Begin("scaled", more: ["--scale-lr", "--set", "epochs=1", "--schedule", "constant"]));
        Assert.Equal(0.04, ResultsCsv.Read(job.Run("scaled").Results)[0].LearningRate, 1e-9);
    }

    [Fact]
    public void Without_mpirun_nothing_of_MPI_is_loaded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        using var process = NinProcess.Start(job.Folder, job.Begin("mapped", more: ["--set", "epochs=100000"]));
        while (!File.Exists(job.Run("mapped").LastCheckpoint)) Assert.False(process.EndsWithin(TimeSpan.FromMilliseconds(20)), "it ended before its first checkpoint");
        var maps = process.MappedFiles();
        Assert.Contains("libtorch", maps);
        Assert.DoesNotContain("libmpi", maps);
    }

    private (int, string, string) Together(int ranks, params string[] arguments)
    {
        var ended = Mpi.Run(ranks, job.Folder, arguments);
        Assert.True(ended.ExitCode == 0, ended.Error);
        return ended;
    }

    private void Alone(params string[] arguments)
    {
        var ended = NinProcess.Run(job.Folder, arguments);
        Assert.True(ended.ExitCode == 0, ended.Error);
    }

    private double?[] Accuracies(string name) => [.. ResultsCsv.Read(job.Run(name).Results).Select(row => row.ValAccuracy)];
}
