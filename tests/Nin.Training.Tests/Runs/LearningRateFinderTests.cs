using Nin.Runs;

namespace Nin.Training.Tests.Runs;

public sealed class LearningRateFinderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_suggested_rate_trains()
    {
        var options = TinyData.Options(_folder.Path);
        var search = LearningRateFinder.Search(options, TinyData.Set(), 60, _ => { });
        Assert.InRange(search.Points[0].Loss, 0.9, 3); // about ln 4 an image
        Assert.Equal(1e-5, search.Points[0].LearningRate, 1e-12);
        Assert.All(search.Points.Zip(search.Points.Skip(1)), pair => Assert.True(pair.First.LearningRate < pair.Second.LearningRate));

        var rate = Assert.IsType<double>(search.Suggested);
        var ended = TrainingRun.Train(options with { Epochs = 10, Optimizer = options.Optimizer with { LearningRate = rate } }, TinyData.Set(), TinyData.Directory(_folder.Path, "run"), _ => { });
        Assert.True(ended.TestAccuracy > 0.8, $"rate {rate}: test accuracy {ended.TestAccuracy}");
    }

    [Fact]
    public void The_same_seed_searches_the_same_way()
    {
        var options = TinyData.Options(_folder.Path);
        Assert.Equal(LearningRateFinder.Search(options, TinyData.Set(), 20, _ => { }).Points, LearningRateFinder.Search(options, TinyData.Set(), 20, _ => { }).Points);
    }

    [Fact]
    public void A_loss_that_never_falls_suggests_nothing() =>
        Assert.Null(LearningRateSearch.Suggest([new(1e-5, 2.3026, 2.3026), new(1e-3, 2.3026, 2.3026), new(1, 2.4, 2.31)]));
}
