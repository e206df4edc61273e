using Nin.Architectures;
using Nin.Reports.Curves;
using Nin.Runs;

namespace Nin.Reports.Page;

/// <summary>What was run, on what, and how it went.</summary>
internal static class RunSections
{
    public static Section? Curves(ReportContent content) => content.Epochs.Count == 0 ? null : new("Curves", Html.Of($"""
        <figure>
        <div class="pair">{new Html(CurvesPlot.Svg(content.Epochs, content.Test, content.Judge))}</div>
        <figcaption>{CurvesPlot.Describe(content.Epochs, content.Test)}.</figcaption></figure>
        """));

    public static Section? Epochs(ReportContent content)
    {
        if (content.Epochs.Count == 0)
            return null;
        var best = CurvesPlot.BestOf(content.Epochs);
        var table = Table.Of(
            "Loss and accuracy of each epoch",
            ["epoch", "train loss", "train accuracy", $"{content.Judge} loss", $"{content.Judge} accuracy", "learning rate", "images/s", "time"],
            content.Epochs.Select(epoch => Row(epoch, isBest: epoch == best)));
        return new("Epochs", Table.Folded(table, content.Epochs.Count, $"All {content.Epochs.Count} epochs"));
    }

    public static Section? Settings(ReportContent content) => content.Started is not { Settings.Count: > 0 } started ? null :
        new("Settings", Table.Pairs("Every effective parameter of the run", started.Settings.Select(setting => (setting.Name, setting.Value))));

    public static Section? Network(ReportContent content) => content.Architecture is not { Layers.IsDefaultOrEmpty: false } network ? null :
        new("Network", Html.Of($"{Source(network)}{Layers(network)}"));

    public static Section? Environment(ReportContent content) => content.Environment.Count == 0 ? null :
        new("Environment", Table.Pairs("Machine and versions", content.Environment.Select(setting => (setting.Name, setting.Value))));

    private static Html Row(EpochEnded epoch, bool isBest) => Html.Of($"""
        <tr{(isBest ? new Html(" class=\"best\"") : null)}><th scope="row">{epoch.Epoch}</th>
        <td>{Numbers.Loss(epoch.TrainLoss)}</td><td>{Numbers.Percent(epoch.TrainAccuracy)}</td>
        <td>{(epoch.ValLoss is { } loss ? Numbers.Loss(loss) : "")}</td><td>{(epoch.ValAccuracy is { } accuracy ? Numbers.Percent(accuracy) : "")}</td>
        <td>{epoch.LearningRate:G3}</td><td>{epoch.ImagesPerSecond:#,0}</td><td>{Numbers.Duration(epoch.Seconds)}</td></tr>
        """);

    private static Html? Source(Architecture network) => network.Source == "" ? null : Html.Of($"<p>{network.Name}: {network.Source}.</p>\n");

    private static Html Layers(Architecture network)
    {
        var summary = Summary.Of(network.Plan());
        var rows = summary.Layers.Select(row => Html.Of($"""
            <tr><th scope="row">{row.Description}</th><td>{row.Output.ToString()}</td>
            <td>{OrNothing(row.Parameters)}</td><td>{OrNothing(row.Macs)}</td><td>{Field(row)}</td></tr>
            """));
        var foot = Html.Of($"""
            <tfoot><tr><th scope="row">all, from {summary.Input.ToString()}</th><td>{summary.Classes}</td>
            <td>{Numbers.Count(summary.Parameters)}</td><td>{Numbers.Count(summary.Macs)}</td><td></td></tr></tfoot>
            """);
        return Table.Of(
            "Layers of the network; multiply-accumulates and receptive field are those of one image",
            ["layer", "output", "parameters", "multiply-accumulates", "receptive field"], rows, foot);
    }

    private static string OrNothing(long value) => value == 0 ? "" : Numbers.Count(value);

    /// <summary>Past the last map every output sees the whole image.</summary>
    private static string Field(SummaryRow row) => row.Output is { Height: 1, Width: 1 } ? "whole image" : $"{row.ReceptiveField}x{row.ReceptiveField}";
}
