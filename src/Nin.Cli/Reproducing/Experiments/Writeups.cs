namespace Nin.Cli.Reproducing.Experiments;

/// <summary>The jobs that people have published, side by side.</summary>
internal static class Writeups
{
    private static readonly ExperimentRun _b = new("writeup-b", "B: Fashion-MNIST, Adam 0.002", "writeup-b") { Published = 0.9, PublishedText = "90.00 (collapsed)" };
    private static readonly ExperimentRun _e = new("writeup-e", "E: Fashion-MNIST, SGD 0.1", "writeup-e") { Published = 0.129, PublishedText = "12.90 and, the same again, 90.00" };

    public static Experiment Experiment { get; } = new()
    {
        Name = "writeups",
        Title = "Four published jobs, from 87 % right to collapse",
        Source = "four write-ups of the network of Dive into Deep Learning",
        Shows = "The book's network is published with many outcomes, from 87 % right to chance: with the framework's default weights and a high rate it collapses in some runs and not in others.",
        Runs =
        [
            new("writeup-a", "A: CIFAR-10, Adam 0.002", "writeup-a") { PublishedText = "none given" },
            _b,
            new("writeup-c", "C: Fashion-MNIST, SGD 0.001", "writeup-c") { Published = 0.1298 },
            _e,
        ],
        Findings = [Findings.Collapses("Write-up B collapses", _b), Findings.Collapses("Write-up E collapses, at times", _e)],
    };
}
