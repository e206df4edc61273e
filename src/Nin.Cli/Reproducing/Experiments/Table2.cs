namespace Nin.Cli.Reproducing.Experiments;

/// <summary>Table 2: test errors on CIFAR-100.</summary>
internal static class Table2
{
    public static Experiment Experiment { get; } = new()
    {
        Name = "table2",
        Title = "Test error on CIFAR-100",
        Source = "table 2, section 4.3",
        Shows = "With the settings for CIFAR-10, untuned but for a hundred class maps, Network In Network had the lowest test error on CIFAR-100: 35.68 %.",
        Runs = [new("paper-cifar100", "NiN with dropout", "paper-cifar100") { Published = 0.3568 }],
        Others = [new("tree priors", 0.3685), new("maxout", 0.3857), new("stochastic pooling", 0.4251)],
    };
}
