namespace Nin.Cli.Reproducing.Experiments;

/// <summary>Table 3: test errors on SVHN.</summary>
internal static class Table3
{
    public static Experiment Experiment { get; } = new()
    {
        Name = "table3",
        Title = "Test error on Street View House Numbers",
        Source = "table 3, section 4.4",
        Shows = "On house numbers, Network In Network had a test error of 2.35 % without augmentation, below maxout's 2.47 %.",
        Runs = [new("paper-svhn", "NiN with dropout", "paper-svhn") { Published = 0.0235 }],
        Others = [new("maxout", 0.0247), new("multi-digit recognition", 0.0216), new("DropConnect", 0.0194)],
    };
}
