using Nin.Data;
using static Nin.Tests.Data.Matlab.MatlabWriter;

namespace Nin.Tests.Data.Matlab;

public sealed class SvhnTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Rows_columns_and_channels_fall_into_place_and_ten_is_the_digit_zero(bool compressed, bool doubles)
    {
        WriteFile("train_32x32.mat", [10, 1, 9], compressed, doubles);
        var images = DataCatalogue.Load("svhn", _folder.Path).Train;
        Assert.Equal([0, 1, 9], images.Labels);
        Assert.Equal(new(3, 32, 32), images.Shape);
        for (var i = 0; i < images.Count; i++)
        {
            for (var p = 0; p < 3072; p++) Assert.Equal(Pixel(p / 32 % 32, p % 32, p / 1024, i), images.Image(i)[p]);
        }
    }

    [Fact]
    public void Without_a_test_file_there_is_no_test_part()
    {
        WriteFile("train_32x32.mat", [1]);
        Assert.Null(DataCatalogue.Load("svhn", _folder.Path).Test);
        WriteFile("test_32x32.mat", [2, 3]);
        Assert.Equal([2, 3], DataCatalogue.Load("svhn", _folder.Path).Test!.Labels);
    }

    [Fact]
    public void Extra_images_follow_those_to_train_on()
    {
        WriteFile("train_32x32.mat", [1, 2]);
        WriteFile("extra_32x32.mat", [3, 4, 5]);
        var data = DataCatalogue.Load("svhn-extra", _folder.Path);
        Assert.Equal([1, 2, 3, 4, 5], data.Train.Labels);
        Assert.Equal(Pixel(0, 0, 0, 2), data.Train.Image(4)[0]);
        Assert.Null(data.Test);
    }

    [Fact]
    public void Missing_files_belong_into_a_folder_that_is_searched() =>
        Assert.EndsWith($"into {_folder["svhn"]}", Assert.Throws<DataException>(() => DataCatalogue.Load("svhn-extra", _folder.Path)).Fix);

    [Fact]
    public void A_file_that_scipy_wrote_is_read()
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("NIN_DATA") ?? "", "svhn-sample");
        Assert.SkipUnless(Directory.Exists(folder), "NIN_DATA holds no svhn-sample/train_32x32.mat");
        var images = DataCatalogue.Load("svhn", folder).Train;
        Assert.Equal(288, images.Count);
        // The first digits of the official training file.
        Assert.Equal([1, 9, 2, 3, 2, 5, 9, 3, 3, 1], images.Labels[..10]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public void Labels_run_from_1_to_10(byte label)
    {
        WriteFile("train_32x32.mat", [1, label]);
        AssertDamaged($"label 1 is {label}, expected 1 to 10");
    }

    [Fact]
    public void Labels_are_whole_numbers()
    {
        Write(Images(1), Array("y", DoubleClass, [1, 1], MiDouble, BitConverter.GetBytes(1.5)));
        AssertDamaged("label 0 is 1.5");
    }

    [Fact]
    public void Variables_of_other_shapes_and_types_are_refused()
    {
        Write(Array("X", UInt8Class, [3, 32, 32, 1], MiUInt8, new byte[3072]), Labels(1));
        AssertDamaged("X is 3 x 32 x 32 x 1 of UInt8, expected 32 x 32 x 3 x N");
        Write(Array("X", DoubleClass, [32, 32, 3], MiDouble, new byte[8 * 3072]), Labels(1));
        AssertDamaged("X is 32 x 32 x 3 of Double");
        Write(Images(2), Labels(1));
        AssertDamaged("y is 1 x 1 of UInt8, expected 2 x 1");
        Write(Images(1));
        AssertDamaged("it has no variable y");
    }

    [Fact]
    public void Other_variables_are_not_unpacked()
    {
        var other = Zip(Array("z", UInt8Class, [1000, 1], MiUInt8, new byte[1000]));
        other[^1] ^= 1; // The checksum at its end is wrong.
        Write(other, Images(1), Labels(4), Labels(5));
        Assert.Equal([4], DataCatalogue.Load("svhn", _folder.Path).Train.Labels);
    }

    public void Dispose() => _folder.Dispose();

    private static byte Pixel(int row, int column, int channel, int image) => (byte)(row * 7 + column * 3 + channel * 50 + image * 11);

    private static byte[] Images(int count)
    {
        var columns = from image in Enumerable.Range(0, count)
                      from channel in Enumerable.Range(0, 3)
                      from column in Enumerable.Range(0, 32)
                      from row in Enumerable.Range(0, 32)
                      select Pixel(row, column, channel, image);
        return Array("X", UInt8Class, [32, 32, 3, count], MiUInt8, [.. columns]);
    }

    private static byte[] Labels(params byte[] labels) => Array("y", UInt8Class, [labels.Length, 1], MiUInt8, labels);

    private void Write(params byte[][] elements) =>
        File.WriteAllBytes(_folder["train_32x32.mat"], elements.Aggregate(new MatlabWriter(), (file, element) => file.Add(element)).Bytes);

    private void WriteFile(string name, byte[] labels, bool compressed = true, bool doubles = false)
    {
        var images = Images(labels.Length);
        var numbers = doubles
            ? Array("y", DoubleClass, [labels.Length, 1], MiDouble, [.. labels.SelectMany(label => BitConverter.GetBytes((double)label))])
            : Labels(labels);
        File.WriteAllBytes(_folder[name], new MatlabWriter().Add(compressed ? Zip(images) : images).Add(compressed ? Zip(numbers) : numbers).Bytes);
    }

    private void AssertDamaged(string why)
    {
        var error = Assert.Throws<DataException>(() => DataCatalogue.Load("svhn", _folder.Path));
        Assert.Contains(_folder["train_32x32.mat"], error.Message);
        Assert.Contains(why, error.Why);
    }
}
