using Nin.Data;

namespace Nin.Cli.Rendering;

/// <summary>What there is to know of a data set, as lines.</summary>
internal static class DataReportText
{
    /// <summary>Sizes and measures, then a row a class.</summary>
    public static IEnumerable<string> Lines(DataReport report) =>
    [
        .. TextTable.Pairs(
        [
            ("data set", report.Name),
            ("image", report.ImageSize.ToString()),
            .. Files(report.Files),
            .. report.Parts.Select(part => (part.Part, $"{Counted.Of(part.Images, "image")}, {Balance(part)}")),
            ("mean", string.Join(", ", report.Mean.Select(mean => $"{mean:0.0000}"))),
            ("deviation", string.Join(", ", report.Std.Select(std => $"{std:0.0000}"))),
            ("duplicates", $"{NumberText.Count(report.Duplicates.WithinTrain)} within train, {NumberText.Count(report.Duplicates.TestInTrain)} of test in train"),
        ]),
        "",
        .. TextTable.Lines(["class", .. report.Parts.Select(part => $">{part.Part}")],
            report.LabelNames.Select((label, index) => (string[])[label, .. report.Parts.Select(part => NumberText.Count(part.ImagesPerClass[index]))])),
        .. Unreadable(report.Files),
    ];

    private static IEnumerable<(string, string)> Files(ImageFiles? files)
    {
        if (files is null) yield break;
        yield return ("files", $"{string.Join(", ", files.Formats.Select(format => $"{NumberText.Count(format.Images)} {format.Format}"))}; {files.Smallest} to {files.Largest}, half of them up to {files.Median}");
        yield return ("unreadable", files.Unreadable.Length == 0 ? "none" : $"{NumberText.Count(files.Unreadable.Length)}, listed below");
    }

    private static IEnumerable<string> Unreadable(ImageFiles? files) => files is { Unreadable: [_, ..] unreadable }
        ? ["", .. TextTable.Lines(["unreadable file", "why"], unreadable.Select(file => new[] { file.Path, file.Why }))]
        : [];

    private static string Balance(PartReport part) => part.ImbalanceRatio switch
    {
        null => "a class is empty",
        1 => "balanced",
        { } ratio => $"the largest class is {ratio:0.0} times the smallest",
    };
}
