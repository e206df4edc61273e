using Nin.Training.Runs;

namespace Nin.Training.Tests.Runs;

public sealed class RunPlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    public void Held_out_images_are_numbered_as_in_the_data(double fraction)
    {
        var data = TinyData.Set();
        var plan = RunPlan.Make(TinyData.Options(_folder.Path) with { Fraction = fraction }, data);
        Assert.Equal((int)(24 * fraction), plan.HeldOut.Length);
        for (var i = 0; i < plan.HeldOut.Length; i++) Assert.True(data.Train.Image(plan.HeldOut[i]).SequenceEqual(plan.Validation!.Image(i)));
    }
}
