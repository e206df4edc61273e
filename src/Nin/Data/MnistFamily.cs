using System.Collections.Immutable;
using System.Globalization;
using Nin.Data.Fetching;

namespace Nin.Data;

/// <summary>The data sets that come as four IDX files of 28x28 grey images: MNIST and those made in its likeness.</summary>
internal static class MnistFamily
{
    private const int TrainImages = 60_000;

    private static readonly string _trainText = TrainImages.ToString("#,0", CultureInfo.InvariantCulture);

    private static readonly ImmutableArray<string> _files = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    public static DataSource Mnist { get; } = Source(
        "mnist", "MNIST", $"handwritten digits: {_trainText} to train on, 10,000 to test on", [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")],
        Mirrors.Mnist, "f68b3c2dcbeaaa9fbdd348bbdeb94873", "d53e105ee54ea40749a09fcbcd1e9432", "9fb629c4189551a2d022fa330f9573f3", "ec29112dd5afa0611ce80d1b7f02629c");

    public static DataSource FashionMnist { get; } = Source(
        "fashion-mnist", "FashionMNIST", $"clothes: {_trainText} to train on, 10,000 to test on (Xiao, Rasul and Vollgraf, 2017)",
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
        Mirrors.FashionMnist, "8d4fb7e6c68d591d4c3dfef9ec88bf0d", "25c81989df183df01b3e8a0aad5dffbe", "bef4ecab320f06d8554ea6380940ec79", "bb300cfdad3c16e7a12a480ee83cd310");

    private static DataSource Source(string name, string torchvisionName, string description, ImmutableArray<string> labelNames, ImmutableArray<string> mirrors, params ImmutableArray<string> md5) => new()
    {
        Name = name,
        Description = description,
        Shape = new(1, 28, 28),
        LabelNames = labelNames,
        TrainImages = TrainImages,
        Official = "them, plain or as .gz,",
        HomeFolder = name,
        Files = [.. _files.Zip(md5, (file, sum) => new OfficialFile($"{file}.gz", sum, mirrors))],
        Layouts =
        [
            new()
            {
                Folders = [Path.Combine(torchvisionName, "raw"), torchvisionName, name, "raw", ""],
                Files = _files,
                Read = (source, paths) => new DataSet(name, Part(source, "train", paths[0], paths[1]), Part(source, "test", paths[2], paths[3])),
            },
        ],
    };

    private static ImageSet Part(DataSource source, string part, string imagePath, string labelPath)
    {
        var images = IdxReader.Read(imagePath, sides =>
        {
            if (sides is not [_, var height, var width] || height != source.Shape.Height || width != source.Shape.Width)
                throw Unfit(source, imagePath, $"its dimensions are {Text(sides)}, expected N x {source.Shape.Height} x {source.Shape.Width}");
        });
        var labels = IdxReader.Read(labelPath, sides =>
        {
            if (sides is not [var count] || count != images.Dimensions[0])
                throw Unfit(source, labelPath, $"it holds {Text(sides)} values, but {imagePath} holds {images.Dimensions[0]} images");
        });
        var wrong = Array.FindIndex(labels.Values, label => label >= source.Classes);
        if (wrong >= 0) throw Unfit(source, labelPath, $"label {wrong} is {labels.Values[wrong]}, expected 0 to {source.Classes - 1}");
        return new ImageSet($"{source.Name} {part}", source.Shape, images.Values, Array.ConvertAll(labels.Values, label => (int)label), source.LabelNames);
    }

    private static string Text(ImmutableArray<int> sides) => string.Join(" x ", sides);

    private static DataException Unfit(DataSource source, string path, string why) =>
        new($"{path} does not belong to {source.Name}", why, $"put the official files of {source.Name} there");
}
