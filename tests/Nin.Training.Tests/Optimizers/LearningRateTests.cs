using Nin.Recipes;
using Nin.Training.Optimizers;

namespace Nin.Training.Tests.Optimizers;

public sealed class LearningRateTests
{
    [Fact]
    public void One_cycle_rises_to_the_full_rate_and_falls_to_its_end()
    {
        var options = new ScheduleOptions { Kind = ScheduleKind.OneCycle, Rise = 0.25, Start = 0.2, End = 0.1 };
        Assert.Equal(0.2, LearningRate.At(options, 0, 100, 4), 1e-12);
        Assert.Equal(0.6, LearningRate.At(options, 50, 100, 4), 1e-12);
        Assert.Equal(1.0, LearningRate.At(options, 100, 100, 4), 1e-12);
        Assert.Equal(0.55, LearningRate.At(options, 250, 100, 4), 1e-12);
        Assert.Equal(0.1, LearningRate.At(options, 400, 100, 4), 1e-12);
    }

    [Fact]
    public void Steps_divide_after_each_milestone()
    {
        var options = new ScheduleOptions { Kind = ScheduleKind.Step, Milestones = [2, 3], Factor = 0.1 };
        Assert.Equal([1, 1, 0.1, 0.01], Enumerable.Range(0, 4).Select(epoch => Math.Round(LearningRate.At(options, epoch * 10, 10, 4), 6)));
    }

    [Fact]
    public void A_cosine_ends_at_its_end()
    {
        var options = new ScheduleOptions { Kind = ScheduleKind.Cosine };
        Assert.Equal(1, LearningRate.At(options, 0, 10, 4), 1e-12);
        Assert.Equal(0.5, LearningRate.At(options, 20, 10, 4), 1e-12);
        Assert.Equal(0, LearningRate.At(options, 40, 10, 4), 1e-12);
    }

    [Theory]
    [InlineData(ScheduleKind.Constant)]
    [InlineData(ScheduleKind.Cosine)]
    [InlineData(ScheduleKind.OneCycle)]
    public void A_warm_up_precedes_any_schedule(ScheduleKind kind)
    {
        var options = new ScheduleOptions { Kind = kind, WarmupEpochs = 1, Start = 1 };
        var rates = Enumerable.Range(0, 11).Select(step => LearningRate.At(options, step, 10, 5)).ToArray();
        Assert.Equal(1 / 11.0, rates[0], 1e-12);
        Assert.True(rates.Zip(rates.Skip(1)).All(pair => pair.First < pair.Second));
        Assert.Equal(1, rates[10], 1e-12);
    }

    [Fact]
    public void A_plateau_waits_rests_and_converges()
    {
        var options = new ScheduleOptions { Kind = ScheduleKind.Plateau, Patience = 1, MaxReduce = 1, Cooldown = 1, MinDelta = 0 };
        var states = new List<Plateau> { new() };
        foreach (var loss in new[] { 1.0, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9 }) states.Add(states[^1].After(loss, options));
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1, 1], states.Select(state => state.Reductions));
        Assert.Equal([false, false, false, false, false, false, false, true, true], states.Select(state => state.Converged));
    }
}
