namespace Nin.Cli.Reproducing.Experiments;

/// <summary>Table 5: what stands on the last mlpconv layer.</summary>
internal static class Table5
{
    private static readonly ExperimentRun _pooling = CifarRuns.Nin with { Label = "global average pooling" };

    public static Experiment Experiment { get; } = new()
    {
        Name = "table5",
        Title = "Global average pooling against a fully connected layer",
        Source = "table 5, section 4.6",
        Shows = "Global average pooling has no parameters to overfit with: it gave a lower test error than a fully connected layer on the same maps, even with dropout before that layer.",
        Runs = [CifarRuns.FullyConnected, CifarRuns.FullyConnectedDropout, _pooling],
        Findings =
        [
            Findings.Lower("Global average pooling beats the fully connected layer", _pooling, CifarRuns.FullyConnected),
            Findings.Lower("Dropout helps the fully connected layer", CifarRuns.FullyConnectedDropout, CifarRuns.FullyConnected),
            Findings.Lower("Global average pooling beats even that", _pooling, CifarRuns.FullyConnectedDropout),
        ],
    };
}
