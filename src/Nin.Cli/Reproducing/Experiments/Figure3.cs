namespace Nin.Cli.Reproducing.Experiments;

/// <summary>Figure 3: dropout between mlpconv layers.</summary>
internal static class Figure3
{
    public static Experiment Experiment { get; } = new()
    {
        Name = "figure3",
        Title = "Dropout between mlpconv layers",
        Source = "figure 3, section 4.2",
        Shows = "Without dropout the network learns its training images by heart; with dropout the test error falls by more than a fifth.",
        Runs = [CifarRuns.Nin, CifarRuns.WithoutDropout],
        Findings = [Findings.Lower("Dropout lowers the test error", CifarRuns.Nin, CifarRuns.WithoutDropout), Findings.LearnsByHeart(CifarRuns.WithoutDropout, CifarRuns.Nin)],
    };
}
