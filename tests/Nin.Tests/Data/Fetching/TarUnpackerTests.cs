using System.Formats.Tar;
using System.IO.Compression;
using Nin.Data.Fetching;
using Nin.Tests.Fuzzing;

namespace Nin.Tests.Data.Fetching;

/// <summary>Nothing that an archive holds gets out of its folder.</summary>
public sealed class TarUnpackerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Target => _folder["data", "set"];

    private string Archive => _folder["it.tar.gz"];

    public TarUnpackerTests() => Directory.CreateDirectory(Target);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_are_unpacked_and_replace_older_ones()
    {
        Directory.CreateDirectory(Path.Combine(Target, "batches"));
        File.WriteAllText(Path.Combine(Target, "batches", "one"), "old");
        File.WriteAllText(Path.Combine(Target, "mine"), "mine");
        Write(File_("./batches/one", [1]), File_("batches/deep/two", [2, 2]), new PaxTarEntry(TarEntryType.Directory, "batches/"));
        TarUnpacker.Unpack(Archive, Target);
        Assert.Equal(["batches/deep/two", "batches/one", "mine"], Found());
        Assert.Equal([1], File.ReadAllBytes(Path.Combine(Target, "batches", "one")));
    }

    [Theory]
    [InlineData("../out")]
    [InlineData("/out")]
    [InlineData("a/../../out")]
    [InlineData("a\\..\\..\\out")]
    [InlineData("C:/out")]
    [InlineData("a/./../../out")]
    public void A_path_that_leads_out_is_refused(string name)
    {
        Write(File_("good", [1]), File_(name, [1]));
        Assert.Contains("leads out", Assert.Throws<DataException>(() => TarUnpacker.Unpack(Archive, Target)).Why);
        AssertNothing();
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    public void A_link_is_refused(TarEntryType kind)
    {
        Write(File_("good", [1]), new PaxTarEntry(kind, "link") { LinkName = "/etc/passwd" });
        Assert.Contains("link is a", Assert.Throws<DataException>(() => TarUnpacker.Unpack(Archive, Target)).Why);
        AssertNothing();
    }

    [Fact]
    public void A_pipe_is_refused()
    {
        Write(new PaxTarEntry(TarEntryType.Fifo, "pipe"));
        Assert.Throws<DataException>(() => TarUnpacker.Unpack(Archive, Target));
        AssertNothing();
    }

    [Fact]
    public void An_archive_that_swells_is_stopped()
    {
        Write(File_("zeros", new byte[5_000_000]));
        Assert.InRange(new FileInfo(Archive).Length, 0, 50_000);
        Assert.Contains("more than 1,000,000 bytes", Assert.Throws<DataException>(() => TarUnpacker.Unpack(Archive, Target, mostBytes: 1_000_000)).Why);
        AssertNothing();
    }

    [Fact]
    public void An_archive_of_countless_files_is_stopped()
    {
        Write([.. Enumerable.Range(0, 1001).Select(i => File_($"{i}", []))]);
        Assert.Contains("more than 1000 entries", Assert.Throws<DataException>(() => TarUnpacker.Unpack(Archive, Target)).Why);
        AssertNothing();
    }

    [Fact]
    public void Damaged_archives_give_typed_errors_and_leave_nothing()
    {
        Write(File_("one", [1, 2, 3]), File_("two/three", new byte[700]));
        using var tar = new MemoryStream();
        using (var plain = new GZipStream(File.OpenRead(Archive), CompressionMode.Decompress)) plain.CopyTo(tar);
        var mutator = new Mutator([new FuzzSeed(tar.ToArray(), 1536, FuzzSubjects.Gzip)]);
        var refused = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            File.WriteAllBytes(Archive, mutator.Make(seed));
            try
            {
                TarUnpacker.Unpack(Archive, Target);
                Directory.Delete(Target, recursive: true);
                Directory.CreateDirectory(Target);
            }
            catch (DataException)
            {
                refused++;
                AssertNothing();
            }
        }
        Assert.InRange(refused, 30, 299);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("a", "a/b")]
    [InlineData("a/b", "a")]
    public void A_file_that_is_a_folder_too_is_refused(params string[] names)
    {
        Write([.. names.Select(name => File_(name, [1]))]);
        Assert.Contains("is a file and a folder", Assert.Throws<DataException>(() => TarUnpacker.Unpack(Archive, Target)).Why);
        AssertNothing();
    }

    private void AssertNothing()
    {
        Assert.Empty(Found());
        Assert.Equal(["data", "it.tar.gz"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    private string[] Found() => [.. Directory.EnumerateFiles(Target, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Target, file)).Order(StringComparer.Ordinal)];

    private void Write(params TarEntry[] entries)
    {
        using var tar = new TarWriter(new GZipStream(File.Create(Archive), CompressionLevel.Optimal));
        foreach (var entry in entries) tar.WriteEntry(entry);
    }

    private static PaxTarEntry File_(string name, byte[] content) => new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) };
}
