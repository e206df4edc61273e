using Nin.Recipes;
using Nin.Runs;

namespace Nin.Training.Tests.Runs;

/// <summary>The state in which write-ups end, loss ln K and gradient zero, is noticed, explained and left again.</summary>
public sealed class CollapseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Dead_class_maps_are_diagnosed_within_fifty_steps()
    {
        List<RunEvent> events = [];
        var error = Assert.Throws<CollapseException>(() => Train(Deadly(CollapseAction.Stop), events));

        Assert.Equal(7, error.ExitCode);
        Assert.Contains("all 4 class maps are zero", error.Why);
        Assert.Contains("ln 4 = 1.3863", error.Why);
        Assert.Contains("--on-collapse restart", error.Fix);
        var ended = Assert.IsType<RunEnded>(events[^1]);
        Assert.Equal("collapsed", ended.StoppedBecause);
        Assert.InRange(ended.Steps, 1, 50);
    }

    [Fact]
    public void A_restart_goes_on_with_the_next_seed_and_gives_up_in_the_end()
    {
        List<RunEvent> events = [];
        var seconds = 0.0;
        Assert.Throws<CollapseException>(() => Train(Deadly(CollapseAction.Restart), events));
        foreach (var epoch in events.OfType<EpochEnded>()) // the time of all attempts counts
        {
            Assert.True(epoch.Seconds > seconds);
            seconds = epoch.Seconds;
        }
        Assert.Equal(["seed 8", "seed 9", "seed 10"], events.OfType<RunNoticed>().Select(notice => notice.Message[notice.Message.IndexOf("seed", StringComparison.Ordinal)..]));
    }

    [Fact]
    public void A_loss_that_is_not_finite_names_step_rate_and_remedy()
    {
        List<RunEvent> events = [];
        var options = TinyData.Options(_folder.Path) with { Network = TinyData.NetworkFile(_folder.Path, batchNorm: false), Optimizer = new() { LearningRate = 1e30 } };
        var error = Assert.Throws<TrainingException>(() => Train(options, events));
        Assert.Contains("at step", error.Message);
        Assert.Contains("--lr", error.Fix);
        Assert.Equal("diverged", Assert.IsType<RunEnded>(events[^1]).StoppedBecause);
    }

    /// <summary>A last ReLU and weights of zero: every class map is zero, and no gradient passes.</summary>
    private TrainingOptions Deadly(CollapseAction action) => TinyData.Options(_folder.Path) with
    {
        Network = TinyData.NetworkFile(_folder.Path, batchNorm: false, finalRelu: true),
        Epochs = 40,
        OnCollapse = action,
        Initialisation = new() { Kind = InitialisationKind.Gaussian, StandardDeviation = 0 },
    };

    private void Train(TrainingOptions options, List<RunEvent> events) =>
        TrainingRun.Train(options, TinyData.Set(), TinyData.Directory(_folder.Path, Guid.NewGuid().ToString("n")), events.Add);
}
