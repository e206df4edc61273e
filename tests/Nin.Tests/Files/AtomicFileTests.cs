using Nin.Files;

namespace Nin.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_killed_processes_left_is_deleted_and_nothing_else()
    {
        Directory.CreateDirectory(_folder["checkpoints"]);
        File.WriteAllText(_folder["checkpoints", "last.safetensors.k3x.tmp"], "half");
        File.WriteAllText(_folder["checkpoints", "last.safetensors"], "whole");
        AtomicFile.DeleteLeftovers(_folder.Path);
        Assert.Equal([_folder["checkpoints", "last.safetensors"]], Directory.GetFiles(_folder["checkpoints"]));
    }

    [Fact]
    public void It_creates_the_folder_and_replaces_what_was_there()
    {
        var path = _folder["new", "deep", "file.txt"];
        AtomicFile.WriteText(path, "first");
        AtomicFile.WriteText(path, "zweite ä");
        Assert.Equal("zweite ä"u8.ToArray(), File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(_folder["new", "deep"]));
    }

    [Fact]
    public void A_write_that_fails_half_way_leaves_the_old_file_and_nothing_else()
    {
        var path = _folder["file.txt"];
        AtomicFile.WriteText(path, "old");
        var error = Assert.Throws<OutputException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new IOException("No space left on device");
        }));
        Assert.Contains("file.txt", error.Message);
        Assert.Equal("No space left on device", error.Why);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_bug_in_the_writer_is_not_disguised_as_a_full_disk()
    {
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(_folder["file.txt"], _ => throw new InvalidOperationException()));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_folder_that_is_a_file_is_an_output_error()
    {
        File.WriteAllText(_folder["taken"], "");
        Assert.Throws<OutputException>(() => AtomicFile.WriteText(_folder["taken", "file.txt"], "x"));
    }

    public void Dispose() => _folder.Dispose();
}
