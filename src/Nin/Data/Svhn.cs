using System.Collections.Immutable;
using System.Globalization;
using Nin.Data.Fetching;
using Nin.Data.Matlab;

namespace Nin.Data;

/// <summary>Street View House Numbers (Netzer et al., 2011), cropped digits: MATLAB files with X [32, 32, 3, N] and y [N, 1], where 10 stands for the digit 0.</summary>
internal static class Svhn
{
    private const int Side = 32;
    private const int PlaneBytes = Side * Side;
    private const int ImageBytes = 3 * PlaneBytes;
    private const int LabelOfZero = 10;
    private const int TrainDigits = 73_257;
    private const int ExtraDigits = 531_131;

    private const string TrainFile = "train_32x32.mat";
    private const string ExtraFile = "extra_32x32.mat";
    private const string TestFile = "test_32x32.mat";

    /// <summary>What its files hold: images and labels.</summary>
    public static ImmutableArray<string> VariableNames { get; } = ["X", "y"];

    public static DataSource Digits { get; } = Source(
        "svhn", string.Create(CultureInfo.InvariantCulture, $"digits of house numbers in colour: {TrainDigits:#,0} to train on, 26,032 to test on"), TrainDigits, TrainFile);

    public static DataSource WithExtra { get; } = Source(
        "svhn-extra", string.Create(CultureInfo.InvariantCulture, $"svhn with its {ExtraDigits:#,0} simpler digits added to train on"), TrainDigits + ExtraDigits, TrainFile, ExtraFile);

    private static DataSource Source(string name, string description, int trainImages, params ImmutableArray<string> trainFiles) => new()
    {
        Name = name,
        Description = description,
        Shape = new(3, Side, Side),
        LabelNames = [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")],
        TrainImages = trainImages,
        Official = $"{string.Join(", ", trainFiles)} and {TestFile}",
        HomeFolder = "svhn",
        Files = [.. trainFiles.Append(TestFile).Select(file => new OfficialFile(file, Md5(file), Mirrors.Svhn))],
        Layouts =
        [
            Layout([.. trainFiles, TestFile], (source, paths) => new(name, Part(source, "train", paths[..^1]), Part(source, "test", paths[^1..]))),
            Layout(trainFiles, (source, paths) => new(name, Part(source, "train", paths), null)),
        ],
    };

    private static string Md5(string file) => file switch
    {
        TrainFile => "e26dedcc434d2e4c54c9b2d4a06d8373",
        TestFile => "eb5a983be6a315427106f1b164d9cef3",
        _ => "a93ce644f1a588dc4d68dda5feec44a7",
    };

    private static DataLayout Layout(ImmutableArray<string> files, Func<DataSource, ImmutableArray<string>, DataSet> read) =>
        new() { Folders = ["svhn", "SVHN", ""], Files = files, Read = read };

    private static ImageSet Part(DataSource source, string part, ImmutableArray<string> paths)
    {
        var files = paths.Select(path => Variables(path, MatlabFile.Read(path, VariableNames))).ToArray();
        var images = files.Sum(file => (long)file.Labels.Length);
        if (images * ImageBytes > Array.MaxLength) throw Unfit(paths[^1], $"it brings the images to {images}, more than the {Array.MaxLength / ImageBytes} that fit in memory as one array");
        var (pixels, filled) = (new byte[images * ImageBytes], 0);
        foreach (var (columns, labels) in files)
        {
            CopyRows(columns.Span, pixels.AsSpan(filled, columns.Length));
            filled += columns.Length;
        }
        return new($"{source.Name} {part}", source.Shape, pixels, [.. files.SelectMany(file => file.Labels)], source.LabelNames);
    }

    /// <summary>The pixels of a file, the row running fastest, and its labels.</summary>
    /// <exception cref="DataException">They are missing or do not fit together.</exception>
    public static (ReadOnlyMemory<byte> Columns, int[] Labels) Variables(string path, ImmutableArray<MatlabArray> variables)
    {
        var images = Find(path, variables, "X");
        // MATLAB drops a last dimension of 1.
        if (images is not { Type: MatlabType.UInt8, Dimensions: [Side, Side, 3] or [Side, Side, 3, _] }) throw Unfit(path, $"X is {Text(images)}, expected {Side} x {Side} x 3 x N of UInt8");
        var labels = Find(path, variables, "y");
        var count = images.Bytes.Length / ImageBytes;
        if (labels.Dimensions is not [_, 1] || labels.Count != count) throw Unfit(path, $"y is {Text(labels)}, expected {count} x 1 for the {count} images of X");
        return (images.Bytes, [.. Enumerable.Range(0, count).Select(index => Digit(labels[index], index, path))]);
    }

    private static MatlabArray Find(string path, ImmutableArray<MatlabArray> variables, string name) =>
        variables.FirstOrDefault(variable => variable.Name == name)
        ?? throw Unfit(path, $"it has no variable {name}");

    private static int Digit(double label, int index, string path) => label switch
    {
        LabelOfZero => 0,
        >= 1 and < LabelOfZero when double.IsInteger(label) => (int)label,
        _ => throw Unfit(path, $"label {index} is {label}, expected 1 to {LabelOfZero}"),
    };

    /// <summary>From [32, 32, 3, N] with the row running fastest to [N, 3, 32, 32] with the column running fastest.</summary>
    private static void CopyRows(ReadOnlySpan<byte> columns, Span<byte> pixels)
    {
        for (var plane = 0; plane < columns.Length; plane += PlaneBytes)
        {
            for (var row = 0; row < Side; row++)
            {
                for (var column = 0; column < Side; column++) pixels[plane + row * Side + column] = columns[plane + column * Side + row];
            }
        }
    }

    private static string Text(MatlabArray array) => $"{string.Join(" x ", array.Dimensions)} of {array.Type}";

    private static DataException Unfit(string path, string why) => DataFile.Damaged(path, "file of SVHN", why);
}
