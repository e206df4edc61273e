using Nin.Images.Folders;

namespace Nin.Images.Tests.Folders;

/// <summary>How folders are arranged, and what is said of those that are not arranged so.</summary>
public sealed class FolderLayoutTests : IDisposable
{
    private readonly PictureFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_flat_folder_has_a_class_a_folder()
    {
        _folder.Add("cat/1.png").Add("cat/2.JPG").Add("dog/1.png");
        var listing = FolderLayout.List(_folder.Photos, null);
        Assert.Equal(["cat", "dog"], listing.Classes);
        Assert.Equal([0, 0, 1], listing.Train.Select(image => image.Label));
        Assert.Null(listing.Validation);
        Assert.Null(listing.Test);
    }

    [Theory]
    [InlineData("val")]
    [InlineData("valid")]
    [InlineData("validation")]
    [InlineData("Val")]
    public void Splits_go_by_their_names(string val)
    {
        _folder.Add("train/cat/1.png").Add("train/dog/1.png").Add($"{val}/dog/2.png").Add("test/cat/3.png").Add("test/dog/3.png");
        var listing = FolderLayout.List(_folder.Photos, null);
        Assert.Equal([0, 1], listing.Train.Select(image => image.Label));
        Assert.Equal([1], listing.Validation!.Value.Select(image => image.Label));
        Assert.Equal([0, 1], listing.Test!.Value.Select(image => image.Label));
        Assert.Empty(listing.Remarks);
    }

    [Fact]
    public void A_class_may_be_called_train() =>
        Assert.Equal(["bus", "train"], FolderLayout.List(_folder.Add("bus/1.png").Add("train/1.png").Photos, null).Classes);

    [Fact]
    public void What_is_hidden_is_not_seen()
    {
        _folder.Add("cat/1.png").Add("cat/.2.png").Add("dog/1.png").Add(".thumbnails/1.png").AddFolder(".git");
        var listing = FolderLayout.List(_folder.Photos, null);
        Assert.Equal(["cat", "dog"], listing.Classes);
        Assert.Equal(2, listing.Train.Length);
        Assert.Empty(listing.Remarks);
    }

    [Fact]
    public void What_is_not_used_is_said()
    {
        _folder.Add("train/cat/1.png").Add("train/dog/1.png").Add("train/dog/notes.txt", "hello"u8.ToArray()).Add("train/loose.png").Add("checking/cat/1.png").AddFolder("train/dog/old");
        Assert.Equal(
        [
            $"{_folder["checking"]} is not used: split folders are matched by name: train, val|valid|validation, test",
            $"1 image in {_folder["train"]} itself has no class and is not used",
            $"1 other file in the class folders of {_folder["train"]} is not used",
            $"1 folder inside class folders of {_folder["train"]} is not used",
        ],
        FolderLayout.List(_folder.Photos, null).Remarks);
    }

    [Fact]
    public void A_val_folder_without_images_points_to_the_folder_that_has_them()
    {
        _folder.Add("train/cat/1.png").Add("train/dog/1.png").AddFolder("val").Add("checking/cat/1.png").Add("checking/dog/1.png").Add("checking/dog/2.png");
        var error = Assert.Throws<DataException>(() => FolderLayout.List(_folder.Photos, null));
        Assert.Equal($"{_folder["val"]} holds no images ({_folder["checking"]} holds 3)", error.Message);
        Assert.Equal("split folders are matched by name: train, val|valid|validation, test", error.Why);
        Assert.Equal($"nin train {_folder.Photos} --val-dir checking", error.Fix);
        Assert.Equal(3, FolderLayout.List(_folder.Photos, "checking").Validation!.Value.Length);
    }

    [Fact]
    public void A_mistyped_val_dir_gets_a_suggestion()
    {
        _folder.Add("train/cat/1.png").Add("train/dog/1.png").Add("checking/cat/1.png");
        Assert.Equal("did you mean 'checking'?", Assert.Throws<DataException>(() => FolderLayout.List(_folder.Photos, "cheking")).Fix);
    }

    [Theory]
    [InlineData("checking")]
    [InlineData("checking/")]
    [InlineData("./checking")]
    [InlineData("Checking")]
    public void A_val_dir_is_a_folder_beside_train_however_it_is_written(string valDir)
    {
        var listing = FolderLayout.List(_folder.Add("train/cat/1.png").Add("train/dog/1.png").Add("checking/cat/2.png").Photos, valDir);
        Assert.Equal(_folder["checking/cat/2.png"], Assert.Single(listing.Validation!.Value).Path);
        Assert.Empty(listing.Remarks);
    }

    [Fact]
    public void A_val_dir_may_lie_elsewhere()
    {
        _folder.Add("photos/train/cat/1.png").Add("photos/train/dog/1.png").Add("other/cat/2.png");
        Assert.Single(FolderLayout.List(_folder["photos"], "../other/").Validation!.Value);
    }

    [Theory]
    [InlineData("train")]
    [InlineData("Train/")]
    public void A_val_dir_that_is_trained_on_is_refused(string valDir)
    {
        _folder.Add("train/cat/1.png").Add("train/dog/1.png");
        Assert.Equal($"--val-dir {valDir} names the folder to train on", Assert.Throws<DataException>(() => FolderLayout.List(_folder.Photos, valDir)).Message);
    }

    [Fact]
    public void A_file_without_ending_beside_the_classes_is_no_image() =>
        Assert.Empty(FolderLayout.List(_folder.Add("cat/1.png").Add("dog/1").Add("LICENSE", "MIT"u8.ToArray()).Photos, null).Remarks);

    [Fact]
    public void What_cannot_be_listed_is_said() =>
        Assert.Equal($"cannot read {_folder["file"]}", Assert.Throws<DataException>(() => FolderLayout.List(_folder.Add("file", [1])["file"], null)).Message);

    [Fact]
    public void A_val_dir_beside_flat_classes_is_refused() =>
        Assert.Contains("is flat", Assert.Throws<DataException>(() => FolderLayout.List(_folder.Add("cat/1.png").Add("dog/1.png").Photos, "dog")).Why);

    [Theory]
    [InlineData("cat/1.png dog/", "the class {0}/dog holds no images", "the folder is empty")]
    [InlineData("cat/1.png dog/notes.txt", "the class {0}/dog holds no images", "it holds 1 file, none of them an image by its name")]
    [InlineData("training/cat/1.png testing/cat/1.png", "the class {0}/testing holds no images", "it holds 1 folder; images lie directly in the folder of their class")]
    [InlineData("train/cat/1.png train/dog/1.png val/cat/", "{0}/val holds no images", "split folders are matched by name: train, val|valid|validation, test")]
    [InlineData("train/cat/1.png train/dog/1.png test/", "{0}/test holds no images", "split folders are matched by name: train, val|valid|validation, test")]
    [InlineData("train/cat/1.png train/dog/1.png val/cat/1.png val/dgo/1.png", "{0}/val/dgo is no class of {0}/train", "the classes to train on are cat, dog")]
    [InlineData("train/1.png val/1.png", "{0}/train holds 1 image but no class folders", "the name of an image's folder is its class")]
    [InlineData("train/cat/1.png train/dog/1.png val/cat/1.png valid/cat/1.png", "{0} holds val and valid", "only one of them can be meant")]
    [InlineData("1.png 2.png", "{0} holds 2 images but no class folders", "the name of an image's folder is its class")]
    [InlineData("cat/1.png", "{0} holds one class", "it is cat; a classifier tells at least two apart")]
    [InlineData("", "{0} holds no images", "neither class folders nor split folders (train, val, test) are in it")]
    public void What_is_not_arranged_so_is_refused(string files, string what, string why)
    {
        foreach (var file in files.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (file.EndsWith('/')) _folder.AddFolder(file);
            else _folder.Add(file);
        }
        var error = Assert.Throws<DataException>(() => FolderLayout.List(_folder.Photos, null));
        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, what, _folder.Photos), error.Message);
        Assert.Equal(why, error.Why);
        Assert.NotEmpty(error.Fix);
    }
}
