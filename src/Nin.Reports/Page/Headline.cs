using System.Collections.Immutable;

namespace Nin.Reports.Page;

/// <summary>The result in a sentence, and the figures beside it.</summary>
internal static class Headline
{
    public static Html Of(ReportContent content) => Html.Of($"""
        <header>
        <p class="kicker">{Kicker(content)}</p>
        <h1>{Title(content)}</h1>
        {Detail(content)}
        {Ending(content)}
        <dl class="facts">
        {Facts(content).Select(fact => Html.Of($"<div><dt>{fact.Name}</dt><dd>{fact.Value}</dd></div>"))}
        </dl>
        </header>
        """);

    /// <summary>The result as plain text.</summary>
    public static string Title(ReportContent content) => content switch
    {
        { Test: { } test } => $"{Numbers.Percent(test.Top1)} of {Numbers.Count(test.Images)} test images right",
        { Ended.TestAccuracy: { } accuracy } => $"{Numbers.Percent(accuracy)} test accuracy",
        _ when BestValidation(content) is { } best => $"{Numbers.Percent(best)} validation accuracy at best",
        { Epochs: [.., var last] } => $"{Numbers.Percent(last.TrainAccuracy)} training accuracy",
        _ => "No epoch was finished",
    };

    private static string Kicker(ReportContent content)
    {
        var network = content.Architecture?.Name ?? content.Ended?.Network ?? "";
        var data = content.Ended?.Data ?? "";
        return string.Join(" · ", new[] { network, data, $"run {content.Name}" }.Where(part => part != ""));
    }

    private static Html? Detail(ReportContent content) => content.Test is not { } test ? null : Html.Of($"""
        <p class="lead">95 % interval {Numbers.Percent(test.Top1Low)} to {Numbers.Percent(test.Top1High)}. Mean cross-entropy {Numbers.Loss(test.Loss)},
        calibration error {Numbers.Percent(test.CalibrationError)}{(test.PerClass.Length > 5 ? $", right class among the first five {Numbers.Percent(test.Top5)}" : "")}.</p>
        """);

    private static Html? Ending(ReportContent content) => content.Ended?.StoppedBecause switch
    {
        "interrupted" or "terminated" => Html.Of($"""<p class="notice">The run was stopped before its end; it can be resumed.</p>"""),
        "collapsed" => Html.Of($"""<p class="notice">The run was stopped because every class map was dead.</p>"""),
        "diverged" => Html.Of($"""<p class="notice">The run was stopped because the loss was no longer a number.</p>"""),
        _ => null,
    };

    private static ImmutableArray<(string Name, string Value)> Facts(ReportContent content)
    {
        var last = content.Epochs is [.., var epoch] ? epoch : null;
        var parameters = content.Ended?.Parameters ?? content.Started?.Parameters ?? content.Architecture?.Plan().Parameters;
        (string Name, string? Value)[] facts =
        [
            ("test with flips", content.Test?.Top1Flips is { } flips ? Numbers.Percent(flips) : null),
            ("validation accuracy", BestValidation(content) is { } best ? Numbers.Percent(best) : null),
            ("training accuracy", (content.Ended?.TrainAccuracy ?? last?.TrainAccuracy) is { } train ? Numbers.Percent(train) : null),
            ("epochs", Epochs(content)),
            ("training time", (content.Ended?.Seconds ?? last?.Seconds) is { } seconds ? Numbers.Duration(seconds) : null),
            ("images a second", (content.Ended?.ImagesPerSecond ?? last?.ImagesPerSecond) is { } speed && double.IsFinite(speed) ? Numbers.Count((long)speed) : null),
            ("parameters", parameters is { } count ? Numbers.Count(count) : null),
        ];
        return [.. facts.Where(fact => fact.Value is not null).Select(fact => (fact.Name, fact.Value!))];
    }

    /// <summary>"12", or "12 of 20" where more were planned.</summary>
    private static string? Epochs(ReportContent content)
    {
        var done = content.Ended?.Epochs ?? content.Epochs.Count;
        if (content.Ended is null && done == 0)
            return null;
        return content.Started is { } started && started.Epochs != done ? $"{done} of {started.Epochs}" : $"{done}";
    }

    private static double? BestValidation(ReportContent content) => content.WatchesTest ? null :
        content.Ended?.ValAccuracy ?? content.Epochs.Where(epoch => epoch.ValAccuracy is not null).Max(epoch => epoch.ValAccuracy);
}
