using Nin.Cli.Predicting;
using Nin.Inference;

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

    /// <summary>A header and a row a picture that could be read, quoted as RFC 4180 says.</summary>
    public static IEnumerable<string> Csv(PredictionResults results) =>
    [
        string.Join(',', ["file", .. Enumerable.Range(1, results.Top).SelectMany(place => new[] { $"label_{place}", $"probability_{place}" })]),
        .. results.All.Where(result => result.Prediction is not null).Select(result => Row(result, results.Top)),
    ];

    private static string Row(FilePrediction result, int top) =>
        string.Join(',', [Quoted(result.Path), .. result.Prediction!.Top(top).SelectMany(scored => new[] { Quoted(scored.Label), $"{scored.Probability:0.######}" })]);

    private static string Quoted(string field) => field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"")}\"" : field;
}
