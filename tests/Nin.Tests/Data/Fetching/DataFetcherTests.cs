using System.Formats.Tar;
using System.IO.Compression;
using Nin.Data;
using Nin.Data.Fetching;

namespace Nin.Tests.Data.Fetching;

/// <summary>A data set is fetched, checked and unpacked to where it is found.</summary>
public sealed class DataFetcherTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FileServer _server = new();
    private readonly HttpClient _client = DataFetcher.NewClient();

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Fetched_files_are_found_and_not_fetched_again()
    {
        var mnist = Changed(DataCatalogue.Find("mnist"), file => IdxBytes(file.Name));
        await Fetch(mnist);
        Assert.Equal([3, 4], mnist.Find(_folder.Path)!.Read().Train.Labels);
        Assert.Equal(4, _server.Requests.Count);
        File.Delete(_folder["mnist", "train-labels-idx1-ubyte.gz"]);
        await Fetch(mnist);
        Assert.Equal(5, _server.Requests.Count);
    }

    [Fact]
    public async Task An_archive_is_unpacked_and_removed()
    {
        var cifar = Changed(DataCatalogue.Find("cifar10"), _ => CifarArchive());
        await Fetch(cifar);
        Assert.Equal((5, 1), (cifar.Find(_folder.Path)!.Read().Train.Count, cifar.Find(_folder.Path)!.Read().Test!.Count));
        Assert.Equal(["cifar-10-batches-bin"], Directory.EnumerateFileSystemEntries(_folder["cifar10"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_wrong_archive_leaves_nothing()
    {
        var cifar = Changed(DataCatalogue.Find("cifar10"), _ => CifarArchive());
        _server.Files["cifar-10-binary.tar.gz"] = [1, 2, 3];
        await Assert.ThrowsAsync<DataException>(() => Fetch(cifar));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["cifar10"]));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_said()
    {
        File.WriteAllText(_folder["mnist"], "a file");
        await Assert.ThrowsAsync<OutputException>(() => Fetch(DataCatalogue.Find("mnist")));
    }

    [Fact]
    public void Every_data_set_says_what_it_is_published_as()
    {
        Assert.All(DataCatalogue.Entries, source =>
        {
            Assert.NotEmpty(source.Files);
            Assert.All(source.Files, file =>
            {
                Assert.Matches("^[0-9a-f]{32}$", file.Md5);
                Assert.All(file.Mirrors, mirror => Assert.Matches("^https?://.+/$", mirror));
            });
        });
        var sums = DataCatalogue.Entries.SelectMany(source => source.Files).Distinct().ToList();
        Assert.Equal(sums.Count, sums.Select(file => file.Md5).Distinct().Count());
    }

    /// <summary>The official files themselves, where they are at hand.</summary>
    [Fact]
    public void The_checksums_are_those_of_the_official_files()
    {
        var root = Environment.GetEnvironmentVariable("NIN_DATA") ?? "";
        var mnist = DataCatalogue.Find("mnist");
        if (!File.Exists(Path.Combine(root, "mnist", mnist.Files[0].Name))) Assert.Skip("NIN_DATA holds no mnist/*.gz");
        Assert.All(mnist.Files, file => Assert.Equal(file.Md5, Checksum.Md5(Path.Combine(root, "mnist", file.Name))));
    }

    private Task<string> Fetch(DataSource source) => new DataFetcher(_client, _ => { }).FetchAsync(source, _folder.Path, _server.Address);

    /// <summary>The data set with other files, which the server gives out.</summary>
    private DataSource Changed(DataSource source, Func<OfficialFile, byte[]> content)
    {
        foreach (var file in source.Files) _server.Files[file.Name] = content(file);
        return source with { Files = [.. source.Files.Select(file => file with { Md5 = Checksum.Md5(_server.Files[file.Name]) })] };
    }

    private byte[] IdxBytes(string name)
    {
        var path = _folder["made", name];
        IdxWriter.Write(path, name.Contains("images") ? new([2, 28, 28], new byte[2 * 784]) : new([2], [3, 4]));
        return File.ReadAllBytes(path);
    }

    private static byte[] CifarArchive()
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(new GZipStream(bytes, CompressionLevel.Fastest)))
        {
            foreach (var name in Enumerable.Range(1, 5).Select(number => $"data_batch_{number}.bin").Append("test_batch.bin"))
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"cifar-10-batches-bin/{name}") { DataStream = new MemoryStream(new byte[3073]) });
        }
        return bytes.ToArray();
    }
}
