using Nin.Evaluation;
using Nin.Reports.Confusion;

namespace Nin.Cli.Rendering;

/// <summary>How a model did, as lines.</summary>
internal static class EvaluationText
{
    private const int MistakesShown = 5;

    /// <summary>Figures of the whole, of each class, and the most frequent mistakes.</summary>
    /// <param name="result">On labelled images.</param>
    /// <param name="images">What they are called.</param>
    public static IEnumerable<string> Lines(EvaluationResult result, string images) =>
    [
        .. TextTable.Pairs(
        [
            ("images", $"{NumberText.Count(result.Images)} of {images}"),
            ("top-1", $"{NumberText.Percent(result.Top1)} (95 % interval {result.Top1Low * 100:0.00} to {result.Top1High * 100:0.00})"),
            .. result.Top1Flips is { } flips ? [("top-1 with flips", NumberText.Percent(flips))] : Array.Empty<(string, string)>(),
            ("top-5", NumberText.Percent(result.Top5)),
            ("loss", NumberText.Loss(result.Loss)),
            ("calibration error", NumberText.Percent(result.CalibrationError)),
        ]),
        "",
        .. TextTable.Lines(["class", ">images", ">precision", ">recall", ">F1"], result.PerClass.Select(Row)),
        .. MostFrequent(result),
    ];

    private static string[] Row(ClassResult each) =>
        [each.Label, NumberText.Count(each.Images), NumberText.Percent(each.Precision), NumberText.Percent(each.Recall), NumberText.Percent(each.F1)];

    private static IEnumerable<string> MostFrequent(EvaluationResult result)
    {
        string[] mistakes = [.. Mistakes.MostFrequent(result, MistakesShown).Select(mistake => $"  {NumberText.Count(mistake.Times),6} x {mistake.Truth} taken for {mistake.Prediction}")];
        return mistakes.Length == 0 ? [] : ["", "most frequent mistakes", .. mistakes];
    }
}
