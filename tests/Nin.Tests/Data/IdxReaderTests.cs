using System.IO.Compression;
using CsCheck;
using Nin.Data;

namespace Nin.Tests.Data;

public sealed class IdxReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder["file"];

    [Fact]
    public void What_was_written_is_read_again_compressed_or_not() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 9], Gen.Bool, Gen.Bool).Sample((n, h, w, images, zip) =>
        {
            var array = images ? new IdxArray([n, h, w], Bytes(n * h * w)) : new IdxArray([n], Bytes(n));
            var path = _folder[$"{Guid.NewGuid()}{(zip ? ".gz" : "")}"];
            IdxWriter.Write(path, array);
            var read = IdxReader.Read(path);
            return read.Dimensions.SequenceEqual(array.Dimensions) && read.Values.SequenceEqual(array.Values);
        }, iter: 200);

    [Fact]
    public void Compression_is_told_by_content_not_by_name()
    {
        IdxWriter.Write(_folder["labels.gz"], new([3], [1, 2, 3]));
        File.Move(_folder["labels.gz"], Path);
        Assert.Equal([1, 2, 3], IdxReader.Read(Path).Values);
    }

    [Fact]
    public void A_truncated_file_names_the_byte_where_it_ends()
    {
        AssertDamaged("declares 24 bytes in all (2 x 2 x 2 values), but the file has 18", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 7, 7]);
        AssertDamaged("ends at byte 18, expected at least 24 bytes", Zip([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 7, 7]));
        AssertDamaged("ends at byte 7, expected at least 16 bytes", [0, 0, 8, 3, 0, 0, 0]);
        AssertDamaged("ends at byte 0", []);
    }

    [Fact]
    public void A_file_that_goes_on_after_its_declared_end_is_refused()
    {
        AssertDamaged("declares 10 bytes in all (2 values), but the file has 11", [0, 0, 8, 1, 0, 0, 0, 2, 7, 7, 7]);
        AssertDamaged("goes on after byte 10", Zip([0, 0, 8, 1, 0, 0, 0, 2, 7, 7, 7]));
    }

    [Fact]
    public void A_huge_declared_size_costs_no_memory()
    {
        byte[] twoThousandMillion = [0, 0, 8, 1, 0x77, 0, 0, 0, 7];
        AssertDamaged("but the file has 9", twoThousandMillion);
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertDamaged("ends at byte 9", Zip(twoThousandMillion));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20 << 20);
        AssertDamaged("more than the", [0, 0, 8, 3, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF]);
    }

    [Fact]
    public void A_wrong_magic_says_what_was_found_and_expected()
    {
        AssertDamaged("begins with 89504E47 at byte 0, where an IDX file of bytes has 00000801", [0x89, 0x50, 0x4E, 0x47, 0, 0]);
        AssertDamaged("begins with 00000D03", [0, 0, 0x0D, 3, 0, 0, 0, 1]);
    }

    [Fact]
    public void Dimensions_of_zero_or_beyond_31_bits_are_refused()
    {
        AssertDamaged("dimension 1 at byte 4 is 0", [0, 0, 8, 1, 0, 0, 0, 0]);
        AssertDamaged("dimension 1 at byte 4 is 4294967295", [0, 0, 8, 1, 0xFF, 0xFF, 0xFF, 0xFF]);
    }

    [Fact]
    public void Damaged_gzip_data_is_a_data_error()
    {
        var zipped = Zip([0, 0, 8, 1, 0, 0, 0, 2, 7, 7]);
        zipped[^6] ^= 0xFF;
        AssertDamaged("gzip data is damaged", zipped);
        AssertDamaged("", zipped[..12]);
    }

    [Fact]
    public void A_missing_file_is_a_data_error() =>
        Assert.Contains("nothing-here", Assert.Throws<DataException>(() => IdxReader.Read(_folder["nothing-here"])).Message);

    public void Dispose() => _folder.Dispose();

    private void AssertDamaged(string why, byte[] content)
    {
        File.WriteAllBytes(Path, content);
        var error = Assert.Throws<DataException>(() => IdxReader.Read(Path));
        Assert.Contains(Path, error.Message);
        Assert.Contains(why, error.Why);
        Assert.Equal("fetch the file again", error.Fix);
    }

    private static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)i)];

    private static byte[] Zip(byte[] content)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest)) zip.Write(content);
        return zipped.ToArray();
    }
}
