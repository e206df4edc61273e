using Nin.Architectures;

namespace Nin.Cli.Rendering;

/// <summary>A network as a table.</summary>
internal static class SummaryText
{
    /// <summary>A row a layer, the totals, and networks that people know for comparison.</summary>
    public static IEnumerable<string> Lines(Summary summary) =>
    [
        $"{summary.Name}: {summary.Source}",
        $"input {summary.Input}, {summary.Classes} classes",
        "",
        .. TextTable.Lines([">#", "layer", "output", ">parameters", ">MACs", ">sees", ">memory"], summary.Layers.Select(Row)),
        "",
        .. TextTable.Pairs(
        [
            ("parameters", $"{NumberText.Count(summary.Parameters)}: {summary.SizeMb:0.00} MB as float32"),
            ("MACs an image", NumberText.Count(summary.Macs)),
            ("memory an image", $"{Megabytes(summary.TrainingBytes)} to train, {Megabytes(summary.InferenceBytes)} to classify"),
            .. summary.Yardsticks.Select(known => (known.Name, $"{NumberText.Count(known.Parameters)} parameters: {known.SizeMb:0.00} MB, {known.Parameters / (double)summary.Parameters:0.0} times as many")),
        ]),
    ];

    private static string[] Row(SummaryRow row) =>
    [
        $"{row.Layer}", row.Description, row.Output.ToString(), NumberText.Count(row.Parameters), NumberText.Count(row.Macs),
        $"{row.ReceptiveField}x{row.ReceptiveField}", Megabytes(row.TrainingBytes),
    ];

    private static string Megabytes(long bytes) => $"{bytes / 1048576.0:0.00} MB";
}
