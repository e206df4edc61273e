using System.Text.Json;
using Nin.Json;
using Nin.Recipes;
using Nin.Runs;

namespace Nin.Tests.Runs;

public sealed class RunStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private RunStore Store => new(_folder["runs"]);

    [Fact]
    public void A_name_that_is_taken_gets_a_number()
    {
        Assert.Equal(_folder["runs", "train", "mine"], Store.Create("train", "mine").Path);
        Assert.Equal("mine-2", Store.Create("train", "mine").Name);
        Assert.Equal("mine-3", Store.Create("train", "mine").Name);
        Assert.Equal(3, Directory.GetFileSystemEntries(_folder["runs", "train"]).Length);
    }

    [Fact]
    public async Task Runs_that_start_at_once_never_share_a_folder()
    {
        var created = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Store.Create("train", "mine").Path)));
        Assert.Equal(16, created.Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    public void A_name_that_is_a_path_is_refused(string name) => Assert.Throws<UsageException>(() => Store.Create("train", name));

    [Fact]
    public void A_folder_that_cannot_be_written_to_is_an_output_error()
    {
        File.WriteAllText(_folder["runs"], "in the way");
        Assert.Throws<OutputException>(() => Store.Create("train", "mine"));
    }

    [Fact]
    public void Runs_are_listed_newest_first_with_how_they_ended()
    {
        var old = Start("old", DateTime.UtcNow.AddHours(-1));
        File.WriteAllLines(old.Events, [Json(new RunNoticed("hello")), Json(Ended(old, 0.91))]);
        var running = Start("running", DateTime.UtcNow);
        File.WriteAllText(running.Events, Json(new RunNoticed("hello")) + "\n");
        var damaged = Start("damaged", DateTime.UtcNow.AddHours(-2));
        File.WriteAllText(damaged.Events, "{\"type\":\"run_en");
        File.WriteAllText(damaged.Options, "{");
        File.SetLastWriteTimeUtc(damaged.Options, DateTime.UtcNow.AddHours(-2));

        var runs = Store.List();
        Assert.Equal(["running", "old", "damaged"], runs.Select(run => run.Directory.Name));
        Assert.Equal([null, 0.91, null], runs.Select(run => run.Ended?.TestAccuracy));
        Assert.Equal(["running", "old", null], runs.Select(run => run.Options?.Name));
        Assert.All(runs, run => Assert.Equal("train", run.Task));
    }

    [Fact]
    public void A_store_that_does_not_exist_has_no_runs() => Assert.Empty(Store.List());

    [Fact]
    public void A_run_is_found_by_name_and_by_path()
    {
        var run = Start("mine", DateTime.UtcNow);
        Assert.Equal(run, Store.Find("mine"));
        Assert.Equal(run, Store.Find(run.Path + Path.DirectorySeparatorChar));
    }

    [Fact]
    public void An_unknown_run_suggests_the_nearest_one()
    {
        Assert.Contains("holds no runs", Assert.Throws<UsageException>(() => Store.Find("mine")).Why);
        Start("baseline", DateTime.UtcNow);
        Assert.Equal("did you mean 'baseline'?", Assert.Throws<UsageException>(() => Store.Find("basline")).Fix);
    }

    public void Dispose() => _folder.Dispose();

    private RunDirectory Start(string name, DateTime at)
    {
        var run = Store.Create("train", name);
        File.WriteAllText(run.Options, JsonSerializer.Serialize(new TrainingOptions { Name = name }, NinJson.Indented));
        File.SetLastWriteTimeUtc(run.Options, at);
        return run;
    }

    private static string Json(RunEvent happened) => JsonSerializer.Serialize(happened, NinJson.Line);

    private static RunEnded Ended(RunDirectory run, double testAccuracy) => new()
    {
        RunDir = run.Path,
        Epochs = 1,
        Steps = 1,
        Seconds = 1,
        TrainAccuracy = 1,
        ValAccuracy = null,
        TestAccuracy = testAccuracy,
        TestLoss = 1,
        Parameters = 1,
        ImagesPerSecond = 1,
        StoppedBecause = "epochs",
    };
}
