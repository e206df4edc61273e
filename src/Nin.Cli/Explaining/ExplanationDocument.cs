using Nin.Explanations;

namespace Nin.Cli.Explaining;

/// <summary>An explanation for programs: every number behind the pictures.</summary>
internal static class ExplanationDocument
{
    /// <summary>Label, maps of the <paramref name="top"/> likeliest classes, and the whole account.</summary>
    public static object Of(Explanation explanation, int top, string picture)
    {
        var ledger = explanation.Ledger;
        var (row, column) = ledger.Strongest;
        return new
        {
            file = explanation.Name,
            label = explanation.LabelNames[ledger.Winner],
            index = ledger.Winner,
            probability = explanation.Probabilities.Span[ledger.Winner],
            truth = explanation.Truth is { } truth ? explanation.LabelNames[truth] : null,
            runner_up = explanation.LabelNames[ledger.RunnerUp],
            margin = ledger.Margin,
            ledger = Rows(ledger.Cells.ToArray(), ledger.Width),
            strongest_cell = new { row, column, contribution = ledger.Cells.Span[row * ledger.Width + column], sees = explanation.StrongestField },
            class_maps = explanation.Ranking.Take(top).Select(label => new
            {
                label = explanation.LabelNames[label],
                index = label,
                probability = explanation.Probabilities.Span[label],
                map = Rows(explanation.Maps[label].ToArray(), explanation.Maps.Width),
            }),
            picture,
        };
    }

    private static T[][] Rows<T>(T[] values, int width) => [.. values.Chunk(width)];
}
