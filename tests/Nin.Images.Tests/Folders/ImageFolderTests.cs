using System.Collections.Concurrent;
using Nin.Data;
using Nin.Images.Folders;
using Nin.Imaging;

namespace Nin.Images.Tests.Folders;

/// <summary>Folders of images become data sets; what cannot be read is skipped and said; nothing is decoded twice.</summary>
public sealed class ImageFolderTests : IDisposable
{
    private readonly PictureFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_become_bytes_of_one_size_with_the_numbers_of_their_classes()
    {
        _folder.Add("dog/1.png", 100, 80, red: 10).Add("cat/1.png", 70, 90, red: 20).Add("cat/2.png", 80, 80, red: 30);
        var data = Load();
        Assert.Equal(new(3, 64, 64), data.Train.Shape);
        Assert.Equal([0, 0, 1], data.Train.Labels);
        Assert.Equal(["cat", "dog"], data.Train.LabelNames);
        Assert.Equal([20, 30, 10], Enumerable.Range(0, 3).Select(i => (int)data.Train.Image(i)[0]));
        Assert.Equal(3 * 64 * 64, data.Train.Image(0).Length);
        Assert.Equal("photos", data.Name);
        Assert.Null(data.Validation);
    }

    [Fact]
    public void Splits_stay_apart()
    {
        _folder.Add("train/a/1.png", red: 1).Add("train/b/1.png", red: 2).Add("val/b/1.png", red: 3).Add("test/a/1.png", red: 4);
        var data = Load();
        Assert.Equal((2, 1, 1), (data.Train.Count, data.Validation!.Count, data.Test!.Count));
        Assert.Equal((3, 1), (data.Validation.Image(0)[0], data.Validation.Labels[0]));
        Assert.Equal((4, 0), (data.Test.Image(0)[0], data.Test.Labels[0]));
    }

    [Fact]
    public void Every_kind_of_picture_trains_and_every_bad_file_is_named()
    {
        var pictures = Pictures.ExpectedPicture.All.Keys.Order(StringComparer.Ordinal).ToArray();
        foreach (var picture in pictures) _folder.AddSample($"good/{picture}", picture);
        var jpeg = File.ReadAllBytes(Pictures.ExpectedPicture.PathOf("subsampled.jpg"));
        _folder.AddSample("bad/sound.png", "colour.png").Add("bad/empty.jpg", [])
            .Add("bad/text.png", "no picture"u8.ToArray()).Add("bad/cut.jpg", jpeg[..^30])
            .Add("bad/photo.tif", "II*\0"u8.ToArray()).Add("bad/photo.heic", "\0\0\0\u0018ftypheic"u8.ToArray());
        var data = Load();
        Assert.Equal(pictures.Length + 1, data.Train.Count);
        Assert.Equal(
            ["cut.jpg: it ends in the middle of the picture", "empty.jpg: the file is empty", "photo.heic: it is HEIC, AVIF or a film, which are not supported", "photo.tif: it is a TIFF, which is not supported", "text.png: it is text"],
            data.Files!.Unreadable.Select(file => $"{Path.GetFileName(file.Path)}: {file.Why}"));
        Assert.Equal("5 unreadable files were skipped:", data.Remarks[0]);
        Assert.Contains(data.Remarks, remark => remark.Contains(_folder["bad/text.png"]));
    }

    [Fact]
    public void A_class_without_readable_images_is_refused()
    {
        _folder.Add("a/1.png").Add("b/1.png", "no picture"u8.ToArray());
        var error = Assert.Throws<DataException>(() => Load());
        Assert.Equal(($"the class {_folder["b"]} holds no readable images", "1.png: it is text"), (error.Message, error.Why));
    }

    [Fact]
    public void A_folder_without_readable_images_is_refused() =>
        Assert.Equal($"{_folder.Photos} holds no readable images", Assert.Throws<DataException>(() => ImageFolder.Load(_folder.Add("a/1.png", []).Add("b/1.png", []).Photos, _folder.Options)).Message);

    [Theory]
    [InlineData(28, 28, "3x28x28")]
    [InlineData(20, 36, "3x36x20")] // small and all of one size: kept
    [InlineData(120, 100, "3x96x96")]
    [InlineData(70, 90, "3x64x64")]
    [InlineData(400, 20, "3x28x28")]
    public void The_size_follows_the_images(int width, int height, string shape) =>
        Assert.Equal(shape, ImageFolder.Load(_folder.Add("a/1.png", width, height).Add("b/1.png", width, height).Photos, _folder.Options).Train.Shape.ToString());

    [Fact]
    public void What_was_asked_for_wins_over_what_the_network_usually_takes_and_that_over_the_images()
    {
        _folder.Add("a/1.png", 100, 100).Add("b/1.png", 90, 90);
        Assert.Equal(new(3, 56, 56), ImageFolder.Load(_folder.Photos, _folder.Options with { Side = 56, UsualSide = 32 }).Train.Shape);
        Assert.Equal(new(3, 32, 32), ImageFolder.Load(_folder.Photos, _folder.Options with { UsualSide = 32 }).Train.Shape);
    }

    [Fact]
    public void Small_pictures_keep_every_byte()
    {
        var random = new Random(1);
        var pixels = new byte[4][];
        for (var i = 0; i < pixels.Length; i++)
        {
            random.NextBytes(pixels[i] = new byte[3 * 32 * 32]);
            _folder.Add($"{(i < 2 ? "a" : "b")}/{i}.png", PictureFolder.Png(pixels[i], 32, 32));
        }
        var train = Load().Train;
        Assert.All(pixels, (image, i) => Assert.Equal(image, train.Image(i).ToArray()));
    }

    [Fact]
    public void Grey_images_have_one_channel_unless_a_coloured_one_is_among_them()
    {
        _folder.AddSample("a/1.png", "grey.png").AddSample("b/1.jpg", "grey.jpg");
        Assert.Equal(1, Load().Train.Shape.Channels);
        _folder.Add("b/2.png");
        Assert.Equal(3, Load().Train.Shape.Channels);
    }

    [Fact]
    public void A_trained_network_numbers_the_classes_its_own_way()
    {
        _folder.Add("ant/1.png").Add("cat/1.png").Add("cat/2.png");
        var options = _folder.Options with { Shape = new(1, 8, 8), LabelNames = ["cat", "bee", "ant"] };
        Assert.Equal([2, 0, 0], ImageFolder.Load(_folder.Photos, options).Train.Labels);
        _folder.Add("cow/1.png");
        Assert.Contains("cow", Assert.Throws<DataException>(() => ImageFolder.Load(_folder.Photos, options)).Message);
    }

    [Fact]
    public void Nothing_is_decoded_twice_unless_content_or_options_change()
    {
        _folder.Add("a/1.png", red: 1).Add("b/1.png", red: 2);
        Assert.Equal(2, Decoded(_folder.Options));
        Assert.Equal(0, Decoded(_folder.Options));
        Assert.Equal(2, Decoded(_folder.Options with { Side = 16 }));
        Assert.Equal(2, Decoded(_folder.Options with { Side = 16, Fit = ImageFit.Stretch }));
        File.SetLastWriteTimeUtc(_folder["a/1.png"], new(2020, 1, 1));
        Assert.Equal(0, Decoded(_folder.Options)); // touched, not changed
        _folder.Add("a/1.png", red: 9);
        Assert.Equal(2, Decoded(_folder.Options));
        Assert.Equal(9, Load().Train.Image(0)[0]);
        Assert.Equal(0, Decoded(_folder.Options));
    }

    [Fact]
    public void A_file_that_changes_without_changing_its_length_is_noticed()
    {
        var (one, other) = (new byte[1], new byte[1]);
        _folder.Add("a/1.png", red: 1).Add("b/1.png");
        Age();
        one[0] = Load().Train.Image(0)[0];
        _folder.Add("a/1.png", red: 2);
        other[0] = Load().Train.Image(0)[0];
        Assert.Equal((1, 2), (one[0], other[0]));
    }

    [Fact]
    public void A_link_is_as_new_as_the_file_it_leads_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links take a privilege there");
        _folder.Add("real.png", red: 1).AddFolder("a").Add("b/1.png");
        File.CreateSymbolicLink(_folder["a/1.png"], _folder["real.png"]);
        Age();
        File.CreateSymbolicLink(_folder["b/circle.png"], _folder["b/circle.png"]);
        Assert.Equal(1, Load().Train.Image(0)[0]);
        _folder.Add("real.png", red: 2);
        var data = Load();
        Assert.Equal((2, 2), (data.Train.Count, data.Train.Image(0)[0]));
    }

    [Fact]
    public void A_file_that_was_refused_is_looked_at_again()
    {
        _folder.Add("a/1.png").Add("a/2.png", 90, 80).Add("b/1.png");
        Age();
        Assert.Equal(2, ImageFolder.Load(_folder.Photos, _folder.Options with { Limits = new(MaxPixels: 40 * 30) }).Train.Count);
        Assert.Equal(3, Load().Train.Count);
    }

    [Fact]
    public void A_file_that_could_not_be_opened_for_once_is_decoded_the_next_time()
    {
        _folder.Add("a/1.png", red: 1).Add("a/2.png", red: 2).Add("b/1.png", red: 3);
        var (file, away) = (_folder["a/1.png"], _folder["away"]);
        var data = ImageFolder.Load(_folder.Photos, _folder.Options, report =>
        {
            if (report.Doing == "looking at images" && report.Done == report.Total) File.Move(file, away);
        });
        Assert.Equal(2, data.Train.Count);
        File.Move(away, file);
        data = Load();
        Assert.Equal((3, 1), (data.Train.Count, data.Train.Image(0)[0]));
    }

    [Fact]
    public void A_damaged_cache_is_made_again()
    {
        _folder.Add("a/1.png", red: 1).Add("b/1.png", red: 2);
        Load();
        foreach (var file in Directory.EnumerateFiles(_folder.Cache, "*", SearchOption.AllDirectories)) File.WriteAllText(file, "not this");
        Assert.Equal(1, Load().Train.Image(0)[0]);
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_said()
    {
        _folder.Add("a/1.png").Add("b/1.png").Add("file", [1]);
        Assert.Throws<OutputException>(() => ImageFolder.Load(_folder.Photos, _folder.Options with { Cache = _folder["file"] }));
    }

    [Fact]
    public void Memory_does_not_grow_with_the_number_of_images()
    {
        for (var i = 0; i < 60; i++) _folder.Add($"{(i % 2 == 0 ? "a" : "b")}/{i}.png", 200, 200, (byte)i);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var data = ImageFolder.Load(_folder.Photos, _folder.Options with { Side = 200 });
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(60, data.Train.Count);
        Assert.InRange(grown, long.MinValue, 60 * 3 * 200 * 200 / 4);
        GC.KeepAlive(data);
    }

    /// <summary>All files were written long ago.</summary>
    private void Age()
    {
        foreach (var file in Directory.EnumerateFiles(_folder.Photos, "*", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(file, new(2020, 1, 1));
    }

    private DataSet Load() => ImageFolder.Load(_folder.Photos, _folder.Options);

    private int Decoded(FolderOptions options)
    {
        var reports = new ConcurrentBag<DataProgress>();
        ImageFolder.Load(_folder.Photos, options, reports.Add);
        return reports.Count(report => report.Doing == "decoding images");
    }
}
