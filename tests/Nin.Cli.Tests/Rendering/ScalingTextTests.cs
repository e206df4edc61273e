using Nin.Cli.Rendering;
using Nin.Training.Distributed;

namespace Nin.Cli.Tests.Rendering;

public sealed class ScalingTextTests
{
    [Fact]
    public void What_was_measured_comes_before_what_it_means_for_more_machines()
    {
        var forecast = new ScalingForecast
        {
            Network = "nin-cifar10", Arithmetic = "cpu, bfloat16", Ranks = 2, Threads = 1, Batch = 128, GradientBytes = 3_868_032, MsAStep = 11.6, MsAnImage = 7.8,
            Link = new(16e-6, 83e6), MeasuredImagesPerSecond = 239, CommunicationShare = 0.104,
        };
        Snapshot.Check(string.Join('\n', ScalingText.Lines(forecast)));
    }
}
