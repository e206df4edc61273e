using System.Collections.Immutable;
using System.Globalization;
using Nin.Data.Fetching;

namespace Nin.Data.Cifar;

/// <summary>CIFAR-10 and CIFAR-100 (Krizhevsky, 2009), in both published forms, unpacked or not.</summary>
internal static class CifarFamily
{
    private const int TrainImages = 50_000;

    private static readonly string TrainText = TrainImages.ToString("#,0", CultureInfo.InvariantCulture);

    private static readonly ImmutableArray<string> Cifar10Files = [.. Enumerable.Range(1, 5).Select(number => $"data_batch_{number}"), "test_batch"];
    private static readonly ImmutableArray<string> Cifar100Files = ["train", "test"];

    public static DataSource Cifar10 { get; } = Source(
        "cifar10", $"things and animals in colour, ten classes: {TrainText} to train on, 10,000 to test on", CifarLabels.Ten, ["cifar10", "cifar-10", "CIFAR10", "CIFAR-10"], "c32a1d4ab5d03f1284b67883e8d87530",
        new CifarBinary("cifar-10-binary", "cifar-10-batches-bin", Binary(Cifar10Files), labelBytes: 1, label: 0, 10),
        new CifarPython("cifar-10-python", "cifar-10-batches-py", Cifar10Files, "labels", 10));

    public static DataSource Cifar100 { get; } = OfHundred(
        "cifar100", $"things and animals in colour, a hundred classes: {TrainText} to train on, 10,000 to test on", CifarLabels.Fine, label: 1, "fine_labels");

    public static DataSource Cifar100Coarse { get; } = OfHundred(
        "cifar100-coarse", "the images of cifar100 in twenty superclasses", CifarLabels.Coarse, label: 0, "coarse_labels");

    private static DataSource OfHundred(string name, string description, ImmutableArray<string> labels, int label, string labelKey) => Source(
        name, description, labels, ["cifar100", "cifar-100", "CIFAR100", "CIFAR-100"], "03b5dce01913d631647c71ecec9e9cb8",
        new CifarBinary("cifar-100-binary", "cifar-100-binary", Binary(Cifar100Files), labelBytes: 2, label, labels.Length),
        new CifarPython("cifar-100-python", "cifar-100-python", Cifar100Files, labelKey, labels.Length));

    private static ImmutableArray<string> Binary(ImmutableArray<string> files) => [.. files.Select(file => $"{file}.bin")];

    private static DataSource Source(string name, string description, ImmutableArray<string> labels, ImmutableArray<string> homes, string md5, params ImmutableArray<CifarFormat> formats)
    {
        ImmutableArray<string> places = [.. homes.Prepend(name).Append("").Distinct()];
        return new()
        {
            Name = name,
            Description = description,
            Shape = CifarBatch.Shape,
            LabelNames = labels,
            TrainImages = TrainImages,
            Official = $"{formats[0].Archive}.tar.gz, or what it holds,",
            HomeFolder = homes[0],
            Files = [new($"{formats[0].Archive}.tar.gz", md5, Mirrors.Cifar)],
            Layouts = [.. formats.Select(format => Files(format, places)), .. formats.Select(format => Archive(format, places))],
            FolderNames = [.. homes, .. formats.Select(format => format.Folder)],
            ForeignArchives = [.. from format in formats from place in places select Path.Combine(place, $"{format.Archive}.tar.xz")],
        };
    }

    private static DataLayout Files(CifarFormat format, ImmutableArray<string> places) => new()
    {
        Folders = [.. places.SelectMany(place => new[] { Path.Combine(place, format.Folder), place })],
        Files = format.Files,
        Read = format.ReadFiles,
    };

    private static DataLayout Archive(CifarFormat format, ImmutableArray<string> places) => new()
    {
        Folders = places,
        Files = [$"{format.Archive}.tar.gz"],
        Read = format.ReadArchive,
    };
}
