namespace Nin.Reports.Page;

/// <summary>A titled part of the page.</summary>
/// <param name="Title">Plain text.</param>
/// <param name="Body">What stands below it.</param>
internal sealed record Section(string Title, Html Body)
{
    /// <summary>By which links find it; no two sections of a page share it.</summary>
    public string Id { get; init; } = string.Concat(Title.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    public Html Link => Html.Of($"""<a href="#{Id}">{Title}</a>""");

    public Html Markup => Html.Of($"""
        <section aria-labelledby="{Id}">
        <h2 id="{Id}">{Title}</h2>
        {Body}
        </section>
        """);
}
