namespace Nin.Cli.Reproducing.Experiments;

/// <summary>Table 4: test errors on MNIST.</summary>
internal static class Table4
{
    public static Experiment Experiment { get; } = new()
    {
        Name = "table4",
        Title = "Test error on MNIST",
        Source = "table 4, section 4.5",
        Shows = "On handwritten digits, Network In Network had a test error of 0.47 %: as good as others, not better.",
        Runs = [new("paper-mnist", "NiN with dropout", "paper-mnist") { Published = 0.0047 }],
        Others = [new("maxout", 0.0045), new("stochastic pooling", 0.0047)],
    };
}
