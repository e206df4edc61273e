using System.Collections.Immutable;
using Nin.Reports.Page;

namespace Nin.Reports.Experiments;

/// <summary>A table of ready text.</summary>
/// <param name="Caption">What it shows, and at which scale.</param>
/// <param name="Columns">Their heads; the first column names the row.</param>
/// <param name="Rows">As many cells each as there are columns.</param>
public sealed record ReportTable(string Caption, ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<string>> Rows)
{
    /// <summary>The table as a section of a page.</summary>
    public ReportSection Section(string title) => new(title, Table.Of(Caption, Columns, Rows.Select(Row)).Markup);

    private static Html Row(ImmutableArray<string> cells) => Html.Of($"""
        <tr><th scope="row">{cells[0]}</th>{cells.Skip(1).Select(cell => Html.Of($"<td>{cell}</td>"))}</tr>
        """);
}
