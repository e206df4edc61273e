namespace Nin.Explanations;

/// <summary>
/// What each cell of the class maps adds to the lead of one class over another. A logit is the mean of its map, so that the entries add up to the
/// difference of the two logits: an account, not an estimate.
/// </summary>
/// <param name="Winner">The class that leads.</param>
/// <param name="RunnerUp">The class that it is held against.</param>
/// <param name="Cells">[Height, Width]; positive where the winner gains.</param>
/// <param name="Height">Cells down.</param>
/// <param name="Width">Cells across.</param>
public sealed record Ledger(int Winner, int RunnerUp, ReadOnlyMemory<double> Cells, int Height, int Width)
{
    /// <summary>The sum of all cells: the winner's logit less the runner-up's.</summary>
    public double Margin
    {
        get
        {
            var sum = 0.0;
            foreach (var cell in Cells.Span) sum += cell;
            return sum;
        }
    }

    /// <summary>Where the winner gains most.</summary>
    public (int Row, int Column) Strongest
    {
        get
        {
            var cells = Cells.Span;
            var best = 0;
            for (var i = 1; i < cells.Length; i++) if (cells[i] > cells[best]) best = i;
            return (best / Width, best % Width);
        }
    }

    /// <summary>The account of one class against another.</summary>
    public static Ledger Of(ClassMaps maps, int winner, int runnerUp)
    {
        var gains = maps[winner];
        var losses = maps[runnerUp];
        var cells = new double[gains.Length];
        for (var i = 0; i < cells.Length; i++) cells[i] = ((double)gains[i] - losses[i]) / cells.Length;
        return new(winner, runnerUp, cells, maps.Height, maps.Width);
    }
}
