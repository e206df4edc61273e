using System.Collections.Immutable;
using System.Security.Cryptography;
using Nin.Data;
using Nin.Data.Fetching;

namespace Nin.Tests.Data.Fetching;

/// <summary>Files arrive whole and right, or not at all; what broke off goes on where it was.</summary>
public sealed class DownloadTests : IDisposable
{
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(300_000);

    private readonly TemporaryFolder _folder = new();
    private readonly FileServer _server = new();
    private readonly HttpClient _client = DataFetcher.NewClient();
    private readonly List<DataProgress> _progress = [];

    public DownloadTests() => _server.Files["it"] = Content;

    private string Target => _folder["it"];

    private string Part => _folder["it.part"];

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_file_arrives_whole_and_its_progress_is_told()
    {
        await Fetch();
        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.False(File.Exists(Part));
        Assert.Equal(new("fetching it", Content.Length, Content.Length, ProgressUnit.Bytes), _progress[^1]);
    }

    [Fact]
    public async Task What_breaks_off_goes_on_where_it_was()
    {
        _server.BreakOff = 2;
        await Fetch();
        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.Equal(3, _server.Requests.Count);
        Assert.All(_server.Requests.Skip(1), request => Assert.StartsWith("it bytes=", request));
    }

    [Fact]
    public async Task What_an_earlier_process_left_is_gone_on_from()
    {
        File.WriteAllBytes(Part, Content[..123_456]);
        await Fetch();
        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.Equal(["it bytes=123456-"], _server.Requests);
    }

    [Fact]
    public async Task A_whole_part_only_needs_its_checksum()
    {
        File.WriteAllBytes(Part, Content);
        await Fetch();
        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_part_of_something_else_is_fetched_anew(bool ranges)
    {
        _server.Ranges = ranges;
        File.WriteAllBytes(Part, new byte[1000]);
        await Fetch();
        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task A_wrong_checksum_keeps_nothing()
    {
        _server.Files["it"] = [1, 2, 3];
        var error = await Assert.ThrowsAsync<DataException>(Fetch);
        Assert.Contains("nothing was kept", error.Why);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_wrong_checksum_leaves_the_file_that_was_there()
    {
        File.WriteAllText(Target, "old");
        _server.Files["it"] = [1, 2, 3];
        await Assert.ThrowsAsync<DataException>(Fetch);
        Assert.Equal("old", File.ReadAllText(Target));
    }

    [Fact]
    public async Task A_busy_server_is_asked_again()
    {
        _server.Busy = 2;
        await Fetch();
        Assert.Equal(3, _server.Requests.Count);
    }

    [Fact]
    public async Task The_next_mirror_is_asked_where_one_has_it_not()
    {
        await Fetch($"{_server.Address}nowhere/", _server.Address);
        Assert.Equal(["nowhere/it", "it"], _server.Requests);
    }

    [Fact]
    public async Task Every_mirrors_answer_is_told_where_none_has_it()
    {
        _server.Files.Clear();
        var error = await Assert.ThrowsAsync<EnvironmentException>(() => Fetch(_server.Address, "http://127.0.0.1:1/"));
        Assert.Equal("it could not be fetched", error.Message);
        Assert.StartsWith("127.0.0.1: it answers 404 (NotFound); 127.0.0.1: ", error.Why);
        Assert.Contains(_folder.Path, error.Fix);
    }

    [Fact]
    public async Task A_connection_that_never_lasts_keeps_what_arrived()
    {
        _server.BreakOff = 100;
        var error = await Assert.ThrowsAsync<EnvironmentException>(Fetch);
        var arrived = new FileInfo(Part).Length;
        Assert.InRange(arrived, Content.Length / 2, Content.Length - 1);
        Assert.Equal($"try again: it goes on after the {arrived:N0} bytes that have arrived", error.Fix);
        _server.BreakOff = 0;
        await Fetch();
        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up()
    {
        _server.Stall = true;
        Assert.Contains("nothing arrived", (await Assert.ThrowsAsync<EnvironmentException>(Fetch)).Why);
    }

    private Task Fetch() => Fetch(_server.Address);

    private Task Fetch(params ImmutableArray<string> mirrors)
    {
        var file = new OfficialFile("it", Checksum.Md5(Content), mirrors);
        return new Download(_client, _progress.Add, file, Target) { Pause = TimeSpan.FromMilliseconds(1), Patience = TimeSpan.FromSeconds(_server.Stall ? 0.1 : 20) }.FromAnyAsync(mirrors);
    }
}
