using System.Diagnostics;
using Nin.Benchmarks.Workers;
using Nin.Training.Native;
using TorchSharp;

namespace Nin.Benchmarks;

/// <summary>The contestant's side of a <see cref="ContestantProcess"/>, for those that run in this program.</summary>
internal static class Worker
{
    /// <summary>Builds the network and takes steps as often as it is told to, until its input ends.</summary>
    public static int Run(string contestant)
    {
        var benchmark = BenchmarkCase.Find(Console.ReadLine() ?? "");
        Libtorch.Load();
        using var scope = torch.NewDisposeScope();
        using ISteps steps = contestant switch
        {
            "torchsharp" => new TutorialSteps(benchmark),
            "torchsharp-bf16" => new HandWrittenSteps(benchmark),
            "convolutions" => new ConvolutionSteps(benchmark),
            "nin" => new NinSteps(benchmark),
            _ => throw new ArgumentOutOfRangeException(nameof(contestant), contestant, "no such contestant"),
        };
        Console.WriteLine($"ready {torch.get_num_threads()} TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)} on libtorch {torch.__version__}");
        while (int.TryParse(Console.ReadLine(), out var count))
        {
            var startedAt = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++) steps.Take();
            var seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
            using var process = Process.GetCurrentProcess();
            Console.WriteLine($"{seconds:R} {process.PeakWorkingSet64}");
        }
        return 0;
    }
}
