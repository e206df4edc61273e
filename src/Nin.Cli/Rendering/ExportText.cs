using Nin.Cli.Exporting;

namespace Nin.Cli.Rendering;

/// <summary>An export as lines.</summary>
internal static class ExportText
{
    /// <summary>The file, how far the engines are apart, and what a conversion cost and brought.</summary>
    public static IEnumerable<string> Lines(ExportResult result) => TextTable.Pairs(
    [
        ("written", $"{result.File}: {NumberText.Count(result.Bytes)} bytes, {result.Precision.ToString().ToLowerInvariant()}"),
        ("engines", Parity(result.Parity)),
        .. result is { Before: { } before, After: { } after } ? Comparison(before, after) : [],
    ]);

    /// <summary>What a training says of the file that it left.</summary>
    public static string Checked(string file, EngineParity parity) => $"onnx           {file}: {Parity(parity)}";

    private static string Parity(EngineParity parity) =>
        $"TorchSharp and ONNX Runtime agree on {NumberText.Count(parity.Images)} images: logits to {parity.LargestLogitDifference:0.0E+0}, probabilities to {parity.LargestProbabilityDifference:0.0E+0}";

    private static IEnumerable<(string, string)> Comparison(SpeedAndAccuracy before, SpeedAndAccuracy after) =>
    [
        ("accuracy", $"{NumberText.Percent(before.Accuracy)} before, {NumberText.Percent(after.Accuracy)} after, on {NumberText.Count(after.Images)} images"),
        ("speed", $"{NumberText.Count(before.ImagesPerSecond)} images a second before, {NumberText.Count(after.ImagesPerSecond)} after: {after.ImagesPerSecond / before.ImagesPerSecond:0.00} times"),
    ];
}
