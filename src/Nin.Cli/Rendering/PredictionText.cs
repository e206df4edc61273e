using Nin.Cli.Predicting;

namespace Nin.Cli.Rendering;

/// <summary>Predictions as a table and as CSV.</summary>
internal static class PredictionText
{
    /// <summary>A row a picture: the likeliest classes. None for a single picture that could not be read: its error says it all.</summary>
    public static IEnumerable<string> Lines(PredictionResults results) => results.All is [{ Prediction: null }] ? [] : TextTable.Lines(
        ["file", .. Enumerable.Range(1, results.Top).Select(place => $"{place}.")],
        results.All.Select(result => result.Prediction is { } prediction
            ? (IReadOnlyList<string>)[result.Path, .. prediction.Top(results.Top).Select(scored => $"{scored.Label} {NumberText.Percent(scored.Probability)}")]
            : [result.Path, $"unreadable: {result.Error!.Why}", .. Enumerable.Repeat("", results.Top - 1)]));

    /// <summary>A row a picture; of one that could not be read nothing is known.</summary>
    public static string Csv(PredictionResults results) => Reports.Csv.Write(
        ["file", .. Enumerable.Range(1, results.Top).SelectMany(place => new[] { $"label_{place}", $"probability_{place}" })],
        results.All.Select(result => (IEnumerable<object?>)[result.Path, .. result.Prediction is { } prediction
            ? prediction.Top(results.Top).SelectMany(scored => new object[] { scored.Label, (double)scored.Probability })
            : Enumerable.Repeat<object?>(null, 2 * results.Top)]));
}
