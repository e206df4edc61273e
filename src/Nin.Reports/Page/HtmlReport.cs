namespace Nin.Reports.Page;

/// <summary>The page of a run.</summary>
public static class HtmlReport
{
    /// <summary>The whole page.</summary>
    public static string Write(ReportContent content) =>
        PageShell.Of($"{Headline.Title(content)} – {content.Name}", Headline.Of(content), [.. Sections(content).OfType<Section>()]);

    private static IEnumerable<Section?> Sections(ReportContent content) =>
    [
        RunSections.Curves(content),
        TestSections.Confusion(content),
        TestSections.Classes(content),
        .. content.Sections.Select((section, i) => new Section(section.Title, new Html(section.Html)) { Id = $"more-{i + 1}" }),
        RunSections.Epochs(content),
        RunSections.Settings(content),
        RunSections.Network(content),
        RunSections.Environment(content),
        NextSteps.Of(content),
    ];
}
