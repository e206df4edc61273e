using System.Collections.Immutable;
using System.Text;
using Nin.Architectures;
using Nin.Cli.Rendering;
using Nin.Reports;
using Nin.Reports.Experiments;

namespace Nin.Cli.Reproducing.Experiments;

/// <summary>What global average pooling saves: parameters, counted.</summary>
internal static class Parameters
{
    private const string Note = "Counted from the networks' descriptions; nothing was trained.";

    private static readonly ImmutableArray<Architecture> _networks =
        [.. new[] { "nin-cifar10", "nin-cifar100", "nin-svhn", "nin-mnist", "nin-d2l", "nin-imagenet" }.Select(name => Catalogue.Find(name).Build()), .. Yardsticks.All];

    public static Experiment Experiment { get; } = new()
    {
        Name = "parameters",
        Title = "Parameters of NiN, AlexNet and VGG",
        Source = "section 3.2",
        Shows = "Fully connected layers hold most of the parameters of AlexNet and VGG; a Network In Network has none. People quote 29 MB for the ImageNet network against AlexNet's 230 MB.",
        Findings = [_ => Smaller()],
        Parts = _ => [Bars(), Table()],
    };

    private static Finding Smaller()
    {
        var (nin, alexNet) = (Catalogue.Find("nin-imagenet").Build().Plan(), Yardsticks.AlexNet.Plan());
        var times = alexNet.Parameters / (double)nin.Parameters;
        return new("The ImageNet network takes an eighth of AlexNet's memory", Math.Abs(times - 8) < 0.5 ? Verdict.Seen : Verdict.NotSeen,
            $"{NumberText.Count(nin.Parameters)} parameters, {nin.SizeMb:0.0} MiB as float32 (quoted: 29), against {NumberText.Count(alexNet.Parameters)}, {alexNet.SizeMb:0.0} MiB (quoted: 230): {times:0.00} times as many.");
    }

    private static ExperimentPart Bars()
    {
        CountRow[] rows = [.. _networks.Select(network => (Network: network, Plan: network.Plan())).Select(each => new CountRow(
            each.Network.Name, each.Plan.Parameters, $"{NumberText.Count(each.Plan.Parameters)}, {each.Plan.SizeMb:0.0} MiB as float32", !Yardsticks.All.Contains(each.Network)))];
        return new(ReportSection.OfDrawing("Parameters", CountBarsPlot.Svg("Parameters", rows, Note)), ("parameters.png", CountBarsPlot.Png("Parameters", rows, Note)));
    }

    private static ExperimentPart Table()
    {
        var rows = _networks.Select(network => (Network: network, Plan: network.Plan())).ToArray();
        var table = new ReportTable(
            Note, ["network", "input", "classes", "parameters", "fully connected", "MiB as float32", "multiply-accumulates"],
            [.. rows.Select(row => (ImmutableArray<string>)[row.Network.Name, row.Network.Input.ToString(), $"{row.Network.Classes}", NumberText.Count(row.Plan.Parameters), $"{100 * Connected(row.Plan):0.0} %", $"{row.Plan.SizeMb:0.00}", NumberText.Count(row.Plan.Macs)])]);
        var csv = Csv.Write(
            ["network", "classes", "parameters", "fully_connected_share", "float32_mib", "macs"],
            rows.Select(row => (object?[])[row.Network.Name, row.Network.Classes, row.Plan.Parameters, Connected(row.Plan), row.Plan.SizeMb, row.Plan.Macs]));
        return new(table.Section("In numbers"), ("parameters.csv", Encoding.UTF8.GetBytes(csv)));
    }

    /// <summary>The share of the parameters that fully connected layers hold.</summary>
    private static double Connected(Plan plan) => plan.Steps.Where(step => step.Operation is LinearOperation).Sum(step => step.Parameters) / (double)plan.Parameters;
}
