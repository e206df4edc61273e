using Nin.Reports.Drawing;

namespace Nin.Reports.Page;

/// <summary>What every page has: one file that loads nothing, runs no script, follows the reader's light or dark and prints. It is well-formed XML too.</summary>
internal static class PageShell
{
    /// <summary>The whole page.</summary>
    /// <param name="title">For the window.</param>
    /// <param name="header">The result, first of all.</param>
    /// <param name="sections">With links to them below the header.</param>
    public static string Of(string title, Html header, IReadOnlyList<Section> sections) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'" />
        <link rel="icon" href="data:," />
        <title>{title}</title>
        <style>
        {Styles}
        </style>
        </head>
        <body>
        <main>
        {header}
        <nav aria-label="Sections">{sections.Select(section => section.Link)}</nav>
        {sections.Select(section => section.Markup)}
        </main>
        <footer>Made by Nin, Network In Network for .NET.</footer>
        </body>
        </html>

        """).Markup;

    private static Html Styles { get; } = new($$"""
        {{Variables(ink => ink.Light)}}
        @media (prefers-color-scheme: dark) { {{Variables(ink => ink.Dark)}} }
        @media print { {{Variables(ink => ink.Light)}} }
        {{Sheet()}}
        """);

    private static string Variables(Func<Ink, string> colour) => $":root {{ {string.Join(" ", Ink.All.Select(ink => $"--{ink.Role}: {colour(ink)};"))} }}";

    private static string Sheet()
    {
        using var stream = typeof(PageShell).Assembly.GetManifestResourceStream("report.css")!;
        return new StreamReader(stream).ReadToEnd().TrimEnd();
    }
}
