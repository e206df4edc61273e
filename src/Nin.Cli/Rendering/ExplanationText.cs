using Nin.Explanations;

namespace Nin.Cli.Rendering;

/// <summary>An explanation as lines: label, a small picture, and the account of the lead.</summary>
internal static class ExplanationText
{
    private const int WidestLedger = 14;

    /// <summary>Everything about one picture.</summary>
    public static IEnumerable<string> Lines(Explanation explanation, string picture, bool colours)
    {
        var ledger = explanation.Ledger;
        var (row, column) = ledger.Strongest;
        var (winner, second, sees) = (explanation.LabelNames[ledger.Winner], explanation.LabelNames[ledger.RunnerUp], explanation.StrongestField);
        return
        [
            $"{explanation.Name}: {winner} {NumberText.Percent(explanation.Probabilities.Span[ledger.Winner])}{(explanation.Truth is { } truth && truth != ledger.Winner ? $", but it is {explanation.LabelNames[truth]}" : "")}",
            .. HalfBlocks.Lines(explanation, colours),
            $"  {winner} leads {second} by {ledger.Margin:0.0000}, the sum of what each cell of the maps adds:",
            .. ledger.Width <= WidestLedger ? Cells(ledger) : [],
            $"  most of it, {ledger.Cells.Span[row * ledger.Width + column]:0.0000}, comes from row {row + 1}, column {column + 1}, which sees {sees.Width:0}x{sees.Height:0} pixels at ({sees.X:0}, {sees.Y:0})",
            $"  {picture}",
        ];
    }

    private static IEnumerable<string> Cells(Ledger ledger) =>
        ledger.Cells.ToArray().Chunk(ledger.Width).Select(cells => "  " + string.Concat(cells.Select(cell => $"{cell,8:+0.000;-0.000;0.000}")));
}
