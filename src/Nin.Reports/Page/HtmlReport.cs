using Nin.Reports.Drawing;

namespace Nin.Reports.Page;

/// <summary>
/// The page of a run: one file that loads nothing, runs no script, follows the reader's light or dark and prints. It is well-formed XML too.
/// </summary>
public static class HtmlReport
{
    /// <summary>The whole page.</summary>
    public static string Write(ReportContent content)
    {
        var sections = Sections(content).OfType<Section>().ToList();
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'" />
            <link rel="icon" href="data:," />
            <title>{Headline.Title(content)} – {content.Name}</title>
            <style>
            {Styles}
            </style>
            </head>
            <body>
            <main>
            {Headline.Of(content)}
            <nav aria-label="Sections">{sections.Select(section => section.Link)}</nav>
            {sections.Select(section => section.Markup)}
            </main>
            <footer>Made by Nin, Network In Network for .NET.</footer>
            </body>
            </html>

            """).Markup;
    }

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

    private static Html Styles { get; } = new($$"""
        {{Variables(ink => ink.Light)}}
        @media (prefers-color-scheme: dark) { {{Variables(ink => ink.Dark)}} }
        @media print { {{Variables(ink => ink.Light)}} }
        {{Sheet()}}
        """);

    private static string Variables(Func<Ink, string> colour) => $":root {{ {string.Join(" ", Ink.All.Select(ink => $"--{ink.Role}: {colour(ink)};"))} }}";

    private static string Sheet()
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!;
        return new StreamReader(stream).ReadToEnd().TrimEnd();
    }
}
