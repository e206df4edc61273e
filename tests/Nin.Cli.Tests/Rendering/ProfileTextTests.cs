using Nin.Cli.Rendering;
using Nin.Training.Profiling;

namespace Nin.Cli.Tests.Rendering;

public sealed class ProfileTextTests
{
    [Fact]
    public void A_profile_shows_every_operation_what_is_left_and_the_whole()
    {
        var profile = new StepProfile
        {
            Network = "nin-cifar10",
            Arithmetic = "cpu, bfloat16",
            Threads = 2,
            Batch = 128,
            Steps = 10,
            MedianMs = 62.5,
            MeanMs = 64,
            WaitingMs = 0.5,
            LoadingImagesPerSecond = 81_920,
            PeakMemoryMb = 705.4,
            Operations =
            [
                new("0.0 convolution 5x5, 3 -> 192, padding 2", 17, 8, 7.5, 103.2, 25 / 64.0),
                new("0.1 ReLU", 13, 19, 0, 251.7, 0.5),
            ],
        };
        Snapshot.Check(string.Join('\n', [.. ProfileText.Table(profile), "", .. ProfileText.Summary(profile)]));
    }
}
