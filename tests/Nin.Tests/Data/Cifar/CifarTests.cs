using System.IO.Compression;
using Nin.Data;

namespace Nin.Tests.Data.Cifar;

public sealed class CifarTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Training_images_come_in_the_order_of_the_files_and_the_test_file_is_apart()
    {
        CifarFiles.WriteBinary(_folder.Path);
        var data = DataCatalogue.Load("cifar10", _folder.Path);
        Assert.Equal([0, 1, 2, 1, 2, 3, 2, 3, 4, 3, 4, 5, 4, 5, 6], data.Train.Labels);
        Assert.Equal([5, 6, 7], data.Test!.Labels);
        Assert.Equal(new(3, 32, 32), data.Train.Shape);
        Assert.Equal([31, 32, 33], data.Train.Image(1)[..3].ToArray());
    }

    [Theory]
    [InlineData("cifar10", false, false)]
    [InlineData("cifar10", true, false)]
    [InlineData("cifar10", false, true)]
    [InlineData("cifar100", false, false)]
    [InlineData("cifar100", true, true)]
    [InlineData("cifar100-coarse", true, false)]
    public void Both_versions_hold_the_same_images_in_the_same_order(string name, bool python3, bool columnMajor)
    {
        var hundred = name != "cifar10";
        CifarFiles.WriteBinary(_folder["binary"], hundred);
        CifarFiles.WritePython(_folder["python"], hundred, python3, columnMajor);
        var (binary, python) = (DataCatalogue.Load(name, _folder["binary"]), DataCatalogue.Load(name, _folder["python"]));
        Assert.Equal(binary.Train.AllPixels(), python.Train.AllPixels());
        Assert.Equal(binary.Train.Labels, python.Train.Labels);
        Assert.Equal(binary.Test!.AllPixels(), python.Test!.AllPixels());
        Assert.Equal(binary.Test!.Labels, python.Test!.Labels);
    }

    [Fact]
    public void The_hundred_classes_and_their_twenty_superclasses_are_two_data_sets_of_the_same_files()
    {
        CifarFiles.WriteBinary(_folder.Path, hundred: true);
        var (fine, coarse) = (DataCatalogue.Load("cifar100", _folder.Path), DataCatalogue.Load("cifar100-coarse", _folder.Path));
        Assert.Equal(["worm", "woman", "wolf"], fine.Train.Labels.Select(label => fine.Train.LabelNames[label]));
        Assert.Equal(["vehicles_2", "vehicles_1", "trees"], coarse.Train.Labels.Select(label => coarse.Train.LabelNames[label]));
    }

    [Theory]
    [InlineData("cifar10", 10)]
    [InlineData("cifar100", 100)]
    [InlineData("cifar100-coarse", 20)]
    public void The_authors_number_their_classes_by_the_alphabet(string name, int classes)
    {
        var names = DataCatalogue.Find(name).LabelNames;
        Assert.Equal(classes, names.Distinct().Count());
        Assert.Equal(names.Order(StringComparer.Ordinal), names.AsEnumerable());
    }

    [Theory]
    [InlineData("")]
    [InlineData("cifar10")]
    [InlineData("CIFAR10")]
    [InlineData("cifar-10-batches-bin")]
    [InlineData("cifar10/cifar-10-batches-bin")]
    public void It_is_found_where_people_unpack_it(string folder)
    {
        CifarFiles.WriteBinary(_folder[folder]);
        Assert.Equal(15, DataCatalogue.Load("cifar10", _folder.Path).Train.Count);
    }

    [Theory]
    [InlineData("cifar10", "cifar-10-batches-py")]
    [InlineData("cifar100", "cifar-100-python")]
    public void The_unpacked_folder_itself_may_be_named(string name, string folder)
    {
        CifarFiles.WritePython(_folder[folder], hundred: name == "cifar100");
        Assert.Equal(name, DataCatalogue.Load(_folder[folder], null).Name);
    }

    [Theory]
    [InlineData("cifar-10-binary.tar.gz", "cifar-10-batches-bin", true)]
    [InlineData("cifar-10-python.tar.gz", "cifar-10-batches-py", false)]
    public void The_official_archive_is_read_as_it_is(string archive, string folder, bool binary)
    {
        CifarFiles.WriteBinary(_folder["unpacked"]);
        CifarFiles.WriteArchive(_folder["packed", "cifar10", archive], folder, binary);
        var (unpacked, packed) = (DataCatalogue.Load("cifar10", _folder["unpacked"]), DataCatalogue.Load("cifar10", _folder["packed"]));
        Assert.Equal(unpacked.Train.AllPixels(), packed.Train.AllPixels());
        Assert.Equal(unpacked.Test!.Labels, packed.Test!.Labels);
    }

    [Fact]
    public void An_archive_that_dotnet_cannot_unpack_names_the_command_that_can()
    {
        File.WriteAllText(_folder["cifar-10-binary.tar.xz"], "");
        var error = Assert.Throws<DataException>(() => DataCatalogue.Load("cifar10", _folder.Path));
        Assert.Equal($"tar xf {_folder["cifar-10-binary.tar.xz"]} -C {_folder.Path}", error.Fix);
    }

    [Fact]
    public void Without_any_files_the_binary_ones_are_asked_for()
    {
        var error = Assert.Throws<DataException>(() => DataCatalogue.Load("cifar100", _folder.Path));
        Assert.Equal($"{_folder.Path} lacks train.bin, test.bin", error.Why);
        Assert.Equal($"nin data get cifar100 --data {_folder.Path}, or put cifar-100-binary.tar.gz, or what it holds, into {Path.Combine(_folder.Path, "cifar100")}", error.Fix);
    }

    [Fact]
    public void One_missing_file_is_named()
    {
        CifarFiles.WritePython(_folder["cifar-10-batches-py"]);
        File.Delete(_folder["cifar-10-batches-py", "data_batch_4"]);
        Assert.Equal($"{_folder.Path} lacks data_batch_4", Assert.Throws<DataException>(() => DataCatalogue.Load("cifar10", _folder.Path)).Why);
    }

    [Fact]
    public void A_truncated_file_is_refused_before_it_is_read()
    {
        CifarFiles.WriteBinary(_folder.Path);
        File.WriteAllBytes(_folder["data_batch_2.bin"], CifarFiles.Binary(1, false)[..^1]);
        AssertDamaged("data_batch_2.bin", "it has 9218 bytes, expected a multiple of 3073");
        File.WriteAllBytes(_folder["data_batch_2.bin"], []);
        AssertDamaged("data_batch_2.bin", "it is empty");
    }

    [Fact]
    public void A_truncated_compressed_file_is_refused()
    {
        CifarFiles.WriteBinary(_folder.Path);
        File.Delete(_folder["data_batch_2.bin"]);
        using (var zipped = new GZipStream(File.Create(_folder["data_batch_2.bin.gz"]), CompressionLevel.Fastest)) zipped.Write(CifarFiles.Binary(1, false).AsSpan()[..^1]);
        AssertDamaged("data_batch_2.bin.gz", "it has 9218 bytes");
    }

    [Fact]
    public void A_file_far_too_large_is_refused_before_it_is_read()
    {
        CifarFiles.WriteBinary(_folder.Path);
        using (var file = File.OpenWrite(_folder["test_batch.bin"])) file.SetLength(3073L << 20);
        AssertDamaged("test_batch.bin", "more than 268435456 bytes");
    }

    [Fact]
    public void A_label_beyond_the_classes_is_named_with_its_place()
    {
        CifarFiles.WriteBinary(_folder.Path);
        var batch = CifarFiles.Binary(5, false);
        batch[2 * 3073] = 10;
        File.WriteAllBytes(_folder["test_batch.bin"], batch);
        AssertDamaged("test_batch.bin", "label 2 at byte 6146 is 10, expected 0 to 9");
    }

    [Fact]
    public void An_archive_without_one_of_the_files_is_refused()
    {
        CifarFiles.WriteArchive(_folder["cifar-10-binary.tar.gz"], "elsewhere", binary: true);
        AssertDamaged("cifar-10-binary.tar.gz", "it lacks cifar-10-batches-bin/data_batch_1.bin");
    }

    [Fact]
    public void A_truncated_archive_is_refused()
    {
        CifarFiles.WriteArchive(_folder["cifar-10-binary.tar.gz"], "cifar-10-batches-bin", binary: true);
        var archive = File.ReadAllBytes(_folder["cifar-10-binary.tar.gz"]);
        File.WriteAllBytes(_folder["cifar-10-binary.tar.gz"], archive[..(archive.Length / 2)]);
        AssertDamaged("cifar-10-binary.tar.gz", "");
    }

    public void Dispose() => _folder.Dispose();

    private void AssertDamaged(string file, string why)
    {
        var error = Assert.Throws<DataException>(() => DataCatalogue.Load("cifar10", _folder.Path));
        Assert.Contains(_folder[file], error.Message);
        Assert.Contains(why, error.Why);
    }
}
