using Nin.Architectures;

namespace Nin.Cli.Rendering;

/// <summary>A network as a table.</summary>
internal static class SummaryText
{
    /// <summary>A row a layer, the totals, and networks that people know for comparison.</summary>
    public static IEnumerable<string> Lines(NetworkSummary summary) =>
    [
        $"{summary.Name}: input {summary.Input}",
        .. string.IsNullOrEmpty(summary.Source) ? (string[])[] : [summary.Source],
        "",
        .. TextTable.Lines([">#", "layer", "output", ">parameters", ">MACs", ">sees", ">memory"], summary.Rows.Select(Row)),
        "",
        .. TextTable.Pairs(
        [
            ("parameters", $"{NumberText.Count(summary.Parameters)} ({summary.SizeMb:0.00} MB as float32)"),
            ("MACs an image", NumberText.Count(summary.Macs)),
            .. NetworkSummary.Yardsticks.Select(known => (known.Name, $"{NumberText.Count(known.Parameters)} ({known.SizeMb:0.00} MB), {known.Parameters / (double)summary.Parameters:0.0} times as many")),
        ]),
    ];

    private static string[] Row(LayerRow row) =>
    [
        $"{row.Index}", row.Description, row.Output.ToString(), NumberText.Count(row.Parameters), NumberText.Count(row.Macs),
        $"{row.ReceptiveField}x{row.ReceptiveField}", $"{row.ActivationBytes / 1024.0:#,0.0} KB",
    ];
}
