namespace Nin.Reports.Page;

/// <summary>A table with scoped headers that scrolls on its own where the screen is narrow.</summary>
internal static class Table
{
    /// <summary>Rows beyond which a table is folded away.</summary>
    private const int Long = 12;

    /// <param name="caption">What it shows, for screen readers.</param>
    /// <param name="columns">Their heads; the first column names the row.</param>
    /// <param name="rows">Ready rows.</param>
    /// <param name="foot">A last row, such as sums.</param>
    public static Html Of(string caption, IEnumerable<string> columns, IEnumerable<Html> rows, Html? foot = null) => Html.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="{caption}">
        <table>
        <caption>{caption}</caption>
        <thead><tr>{columns.Select(column => Html.Of($"""<th scope="col">{column}</th>"""))}</tr></thead>
        <tbody>
        {rows}
        </tbody>
        {foot}
        </table>
        </div>
        """);

    /// <summary>Names and values.</summary>
    public static Html Pairs(string caption, IEnumerable<(string Name, string Value)> pairs) => Html.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="{caption}">
        <table class="pairs">
        <caption>{caption}</caption>
        <tbody>
        {pairs.Select(pair => Html.Of($"""<tr><th scope="row">{pair.Name}</th><td>{pair.Value}</td></tr>"""))}
        </tbody>
        </table>
        </div>
        """);

    /// <summary>The table, behind a summary where it is long.</summary>
    public static Html Folded(Html table, int rows, string summary) =>
        rows <= Long ? table : Html.Of($"<details><summary>{summary}</summary>\n{table}\n</details>");
}
