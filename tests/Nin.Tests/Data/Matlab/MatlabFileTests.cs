using Nin.Data;
using static Nin.Tests.Data.Matlab.MatlabWriter;

namespace Nin.Tests.Data.Matlab;

public sealed class MatlabFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Only_little_endian_files_of_version_5_are_read()
    {
        AssertDamaged("at byte 3: it ends, expected a header of 128 bytes", [1, 2, 3]);
        byte[] newest = [.. new MatlabWriter().Bytes[..124], 0, 2, (byte)'I', (byte)'M'];
        File.WriteAllBytes(_folder["train_32x32.mat"], newest);
        var error = Assert.Throws<DataException>(() => DataCatalogue.Load("svhn", _folder.Path));
        Assert.Equal("at byte 124: its version is 0002494D, expected 0001494D (version 5, little-endian)", error.Why);
        Assert.Contains("-v7", error.Fix);
    }

    [Theory]
    [InlineData(1, "Cell")]
    [InlineData(2, "Structure")]
    [InlineData(4, "Characters")]
    [InlineData(5, "Sparse")]
    [InlineData(14, "14")]
    [InlineData(17, "17")]
    public void Whatever_is_no_array_of_numbers_is_refused(byte kind, string name) =>
        AssertDamaged($"a variable is of the class {name}", Array("X", kind, [1, 1], MiUInt8, [1]));

    [Fact]
    public void Complex_numbers_are_refused() => AssertDamaged("complex", Array("X", DoubleClass, [1, 1], MiUInt8, [1], flags: 8));

    [Fact]
    public void Lengths_beyond_the_end_cost_no_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertDamaged("at byte 128: a variable takes 2000000000 bytes, but 4 are left", [.. Word(MiMatrix), .. Word(2_000_000_000), 1, 2, 3, 4]);
        AssertDamaged("at byte 128: an element declares 4294967295 bytes", [.. Word(MiMatrix), .. Word(-1)]);
        AssertDamaged("it unpacks to 4 bytes, expected 2000000000", Zip([.. Word(MiMatrix), .. Word(2_000_000_000), 1, 2, 3, 4]));
        AssertDamaged("at byte 144: an element takes 1000000 bytes, but 0 are left", [.. Word(MiMatrix), .. Word(8), .. Word(MiUInt32), .. Word(1_000_000)]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 30 << 20);
    }

    [Fact]
    public void What_unpacks_to_more_than_it_declares_is_not_unpacked_further() =>
        AssertDamaged("it unpacks to more than the 8 bytes that it declares", Zip([.. Word(MiMatrix), .. Word(8), .. new byte[50_000_000]]));

    [Fact]
    public void All_variables_together_are_at_most_as_large_as_one_may_be()
    {
        var images = Array("X", UInt8Class, [32, 32, 3], MiUInt8, new byte[3072]);
        var labels = Array("y", UInt8Class, [200, 1], MiUInt8, new byte[200]);
        AssertDamaged("it unpacks to 2147483000 bytes, but 2147480519 are left", [.. images, .. Zip([.. Word(MiMatrix), .. Word(2_147_483_000), .. labels[8..]])]);
    }

    [Fact]
    public void Damage_inside_of_compressed_data_is_found()
    {
        var zipped = Zip(Array("X", UInt8Class, [4, 5], MiUInt8, new byte[20]));
        zipped[^1] ^= 1;
        AssertDamaged("the compressed data is damaged", zipped);
        AssertDamaged("at byte 136", [.. Word(MiCompressed), .. Word(10), .. zipped[8..18]]);
    }

    [Fact]
    public void Places_in_compressed_data_are_counted_in_the_unpacked_bytes() =>
        AssertDamaged("at byte 136, unpacked byte 80: an array of 4 x 6 has 20 bytes, expected 24", Zip(Array("X", UInt8Class, [4, 6], MiUInt8, new byte[20])));

    [Fact]
    public void Dimensions_that_do_not_fit_are_refused()
    {
        AssertDamaged("an array of 2147483647 x 2147483647 x 2147483647 has 1 bytes", Array("X", UInt8Class, [int.MaxValue, int.MaxValue, int.MaxValue], MiUInt8, [1]));
        AssertDamaged("dimension 2 is -1, expected at least 1", Array("X", UInt8Class, [1, -1], MiUInt8, [1]));
        AssertDamaged("expected 2 to 8 numbers", Array("X", UInt8Class, [1], MiUInt8, [1]));
        AssertDamaged("expected 2 to 8 numbers", Array("X", UInt8Class, [1, 1, 1, 1, 1, 1, 1, 1, 1], MiUInt8, [1]));
    }

    [Fact]
    public void Elements_of_other_types_are_refused()
    {
        AssertDamaged("at byte 128: there is an element of type 2, expected 14", Element(MiUInt8, new byte[9]));
        AssertDamaged("the values have the type 16, expected numbers", Array("X", UInt8Class, [1, 1], 16, [1]));
        AssertDamaged("it unpacks to an element of type 15", Zip(Zip([1])));
    }

    [Fact]
    public void More_variables_than_any_file_of_SVHN_has_are_refused() =>
        AssertDamaged("more than 16 variables", Enumerable.Repeat(Array("X", UInt8Class, [1, 1], MiUInt8, [1]), 17).SelectMany(element => element));

    public void Dispose() => _folder.Dispose();

    private void AssertDamaged(string why, IEnumerable<byte> content)
    {
        byte[] bytes = [.. content];
        File.WriteAllBytes(_folder["train_32x32.mat"], bytes.Length < 8 ? bytes : new MatlabWriter().Add(bytes).Bytes);
        var error = Assert.Throws<DataException>(() => DataCatalogue.Load("svhn", _folder.Path));
        Assert.Equal($"{_folder["train_32x32.mat"]} is damaged or no MATLAB 5 file", error.Message);
        Assert.Contains(why, error.Why);
    }
}
