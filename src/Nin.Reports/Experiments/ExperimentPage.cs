using Nin.Reports.Page;

namespace Nin.Reports.Experiments;

/// <summary>The page of an experiment: what the paper found, whether it was found again, and with which numbers.</summary>
public static class ExperimentPage
{
    /// <summary>The whole page.</summary>
    public static string Write(ExperimentContent content) => PageShell.Of($"{content.Title} – {content.Source}", Header(content), [.. Sections(content).OfType<Section>()]);

    /// <summary>A verdict in a few words.</summary>
    public static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Seen => "seen again",
        Verdict.TooClose => "too close to tell",
        Verdict.NotSeen => "not seen at this scale",
        _ => "not known yet",
    };

    private static Html Header(ExperimentContent content) => Html.Of($"""
        <header>
        <p class="kicker">Network In Network (Lin, Chen, Yan, 2013) · {content.Source}</p>
        <h1>{content.Title}</h1>
        <p class="lead">{content.Shows}</p>
        <dl class="facts">
        {content.Scale.Select(fact => Html.Of($"<div><dt>{fact.Name}</dt><dd>{fact.Value}</dd></div>"))}
        </dl>
        </header>
        """);

    private static IEnumerable<Section?> Sections(ExperimentContent content) =>
    [
        content.Findings.Count == 0 ? null : new("What came out", Html.Of($"{content.Findings.Select(Markup)}")),
        .. content.Sections.Select((section, i) => new Section(section.Title, new Html(section.Html)) { Id = $"part-{i + 1}" }),
        content.Commands.Count == 0 ? null : new("Go on", Html.Of($"""
            <dl class="steps">
            {content.Commands.Select(step => Html.Of($"<dt>{step.Name}</dt><dd><code>{step.Value}</code></dd>"))}
            </dl>
            """)),
    ];

    private static Html Markup(Finding finding) => Html.Of($"""
        <p{new Html(finding.Verdict == Verdict.Seen ? "" : " class=\"notice\"")}><strong>{finding.Statement}: {Words(finding.Verdict)}.</strong> {finding.Detail}</p>
        """);
}
