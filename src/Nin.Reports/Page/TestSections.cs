using Nin.Evaluation;
using Nin.Reports.Confusion;

namespace Nin.Reports.Page;

/// <summary>How the model did on the test images.</summary>
internal static class TestSections
{
    /// <summary>Above it an SVG would hold too many cells for a page.</summary>
    private const int MostClassesAsSvg = 40;

    private const int MistakesShown = 10;

    public static Section? Confusion(ReportContent content)
    {
        if (content.Test is not { PerClass.Length: > 0 } test)
            return null;
        return new("What is taken for what", Html.Of($"""
            <div class="beside">
            <figure>{Matrix(test)}
            <figcaption>Rows are true classes, columns predicted ones; shades are shares of the row. Blue is right, orange is wrong.</figcaption></figure>
            {MostFrequent(test)}
            </div>
            """));
    }

    public static Section? Classes(ReportContent content)
    {
        if (content.Test is not { PerClass.Length: > 0 } test)
            return null;
        var table = Table.Of("Precision, recall and F1 of each class", ["class", "images", "precision", "recall", "F1"], test.PerClass.Select(Row));
        return new("Classes", Table.Folded(table, test.PerClass.Length / 2, $"All {test.PerClass.Length} classes"));
    }

    private static Html Matrix(EvaluationResult test)
    {
        if (test.PerClass.Length <= MostClassesAsSvg)
            return new(ConfusionMatrixPlot.Svg(test));
        var png = Convert.ToBase64String(ConfusionMatrixPlot.Png(test));
        return Html.Of($"""<img alt="Confusion matrix. {ConfusionMatrixPlot.Describe(test)}." src="data:image/png;base64,{png}" />""");
    }

    private static Html MostFrequent(EvaluationResult test)
    {
        var mistakes = Mistakes.MostFrequent(test, MistakesShown);
        return mistakes.IsEmpty ? Html.Of($"<p>No image was taken for another class.</p>") : Html.Of($"""
            <div>
            <h3>Most frequent mistakes</h3>
            <ul>
            {mistakes.Select(mistake => Html.Of($"<li>{mistake.ToString()} <small>({Numbers.Percent(mistake.Share)})</small></li>"))}
            </ul>
            </div>
            """);
    }

    private static Html Row(ClassResult c) => Html.Of($"""
        <tr><th scope="row">{c.Label}</th><td>{Numbers.Count(c.Images)}</td>{Bar(c.Precision)}{Bar(c.Recall)}{Bar(c.F1)}</tr>
        """);

    private static Html Bar(double share) => Html.Of($"""<td class="bar" style="--share:{share:0.###}">{Numbers.Percent(share)}</td>""");
}
