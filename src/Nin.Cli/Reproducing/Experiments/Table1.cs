namespace Nin.Cli.Reproducing.Experiments;

/// <summary>Table 1: test errors on CIFAR-10.</summary>
internal static class Table1
{
    public static Experiment Experiment { get; } = new()
    {
        Name = "table1",
        Title = "Test error on CIFAR-10, plain and augmented",
        Source = "table 1, section 4.2",
        Shows = "Network In Network had the lowest test error on CIFAR-10 of its day: 10.41 %, and 8.81 % with translated and mirrored training images; without dropout 14.51 %.",
        Runs = [CifarRuns.Nin, CifarRuns.WithoutDropout, CifarRuns.Augmented],
        Others =
        [
            new("stochastic pooling", 0.1513), new("maxout", 0.1168),
            new("maxout, augmented", 0.0938), new("DropConnect, 12 networks, augmented", 0.0932),
        ],
        Findings =
        [
            Findings.Lower("Dropout lowers the test error", CifarRuns.Nin, CifarRuns.WithoutDropout),
            Findings.Lower("Augmentation lowers it further", CifarRuns.Augmented, CifarRuns.Nin),
        ],
    };
}
