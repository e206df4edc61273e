using System.Diagnostics;
using Nin.Data;
using Nin.Files;

namespace Nin.Tests.Data;

public sealed class DataCatalogueTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Fashion_mnist_comes_with_the_repository_and_loads_within_a_second()
    {
        var root = Path.Combine(NinHome.Find()!, "data");
        var watch = Stopwatch.StartNew();
        var data = DataCatalogue.Load("fashion-mnist", root);
        // Ten times the bar, for machines that are busy with other things.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
        Assert.Equal((60_000, 10_000), (data.Train.Count, data.Test!.Count));
        Assert.Equal(data.Train.Count, DataCatalogue.Find("fashion-mnist").TrainImages);
        Assert.Equal(new(1, 28, 28), data.Train.Shape);
        Assert.Equal("Ankle boot", data.Train.LabelNames[data.Train.Labels[0]]);
        Assert.All(data.Train.Labels.CountBy(label => label), pair => Assert.Equal(6000, pair.Value));
    }

    [Theory]
    [InlineData("FashionMNIST/raw", ".gz")]
    [InlineData("FashionMNIST/raw", "")]
    [InlineData("fashion-mnist", "")]
    [InlineData("", "")]
    public void It_is_found_in_torchvisions_folder_in_its_own_and_in_the_root(string folder, string ending)
    {
        WriteSet(_folder[folder], ending);
        Assert.Equal([9, 0], DataCatalogue.Load("fashion-mnist", _folder.Path).Train.Labels);
    }

    [Theory]
    [InlineData("fashion-mnist")]
    [InlineData("FashionMNIST")]
    public void The_folder_itself_may_be_named(string folder)
    {
        WriteSet(_folder[folder], "");
        Assert.Equal("fashion-mnist", DataCatalogue.Load(_folder[folder], null).Name);
    }

    [Theory]
    [InlineData("cifar10", 50_000)]
    [InlineData("svhn", 73_257)]
    public void What_a_data_set_holds_is_said_with_it(string name, int images)
    {
        var source = DataCatalogue.Find(name);
        Assert.Equal(images, source.TrainImages);
        Assert.Contains($": {images:#,0} to train on", source.Description);
    }

    [Fact]
    public void Extra_digits_are_added_to_the_others() => Assert.Equal(604_388, DataCatalogue.Find("svhn-extra").TrainImages);

    [Fact]
    public void An_unknown_name_suggests_the_nearest_one()
    {
        var error = Assert.Throws<UsageException>(() => DataCatalogue.Load("fashon-mnist", null));
        Assert.Equal("did you mean 'fashion-mnist'?", error.Fix);
    }

    [Fact]
    public void Missing_files_are_named_with_the_place_where_they_belong()
    {
        WriteSet(_folder["mnist"], "");
        File.Delete(_folder["mnist", "t10k-labels-idx1-ubyte"]);
        var error = Assert.Throws<DataException>(() => DataCatalogue.Load("mnist", _folder.Path));
        Assert.Equal($"{_folder.Path} lacks t10k-labels-idx1-ubyte", error.Why);
        Assert.Contains(_folder["mnist"], error.Fix);
    }

    [Fact]
    public void Another_number_of_labels_than_images_is_refused()
    {
        WriteSet(_folder.Path, "");
        IdxWriter.Write(_folder["train-labels-idx1-ubyte"], new([3], [1, 2, 3]));
        Assert.Contains("holds 3 values", Assert.Throws<DataException>(() => DataCatalogue.Load("mnist", _folder.Path)).Why);
    }

    [Fact]
    public void A_label_beyond_the_classes_is_refused()
    {
        WriteSet(_folder.Path, "");
        IdxWriter.Write(_folder["train-labels-idx1-ubyte"], new([2], [1, 10]));
        Assert.Equal("label 1 is 10, expected 0 to 9", Assert.Throws<DataException>(() => DataCatalogue.Load("mnist", _folder.Path)).Why);
    }

    [Fact]
    public void Images_of_another_size_are_refused()
    {
        WriteSet(_folder.Path, "");
        IdxWriter.Write(_folder["train-images-idx3-ubyte"], new([2, 14, 56], new byte[2 * 784]));
        Assert.Contains("2 x 14 x 56", Assert.Throws<DataException>(() => DataCatalogue.Load("mnist", _folder.Path)).Why);
    }

    [Fact]
    public void Files_that_do_not_fit_are_refused_by_their_headers_alone()
    {
        WriteSet(_folder.Path, "");
        File.WriteAllBytes(_folder["train-labels-idx1-ubyte"], [0, 0, 8, 1, 0x77, 0, 0, 0]);
        Assert.StartsWith("it holds 1996488704 values, but ", Assert.Throws<DataException>(() => DataCatalogue.Load("mnist", _folder.Path)).Why);
        File.WriteAllBytes(_folder["train-images-idx3-ubyte"], [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 14, 0, 0, 0, 56]);
        Assert.Equal("its dimensions are 2 x 14 x 56, expected N x 28 x 28", Assert.Throws<DataException>(() => DataCatalogue.Load("mnist", _folder.Path)).Why);
    }

    [Fact]
    public void A_folder_of_something_else_is_a_data_error_that_says_how_to_name_it() =>
        Assert.Equal($"name the data set and its folder: fashion-mnist --data {ShellWord.Quoted(_folder.Path)}", Assert.Throws<DataException>(() => DataCatalogue.Load(_folder.Path, null)).Fix);

    public void Dispose() => _folder.Dispose();

    private static void WriteSet(string folder, string ending)
    {
        foreach (var part in new[] { "train", "t10k" })
        {
            IdxWriter.Write(Path.Combine(folder, $"{part}-images-idx3-ubyte{ending}"), new([2, 28, 28], new byte[2 * 784]));
            IdxWriter.Write(Path.Combine(folder, $"{part}-labels-idx1-ubyte{ending}"), new([2], [9, 0]));
        }
    }
}
