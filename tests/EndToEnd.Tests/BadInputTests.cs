using System.IO.Compression;

namespace Nin.EndToEnd;

/// <summary>Bad input gets three lines on standard error and its exit code, and leaves no run behind.</summary>
public sealed class BadInputTests : IDisposable
{
    private static readonly string[] Files = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, "did you mean 'nin-fast'?", "train", "--net", "nin-fats")]
    [InlineData(4, "remove a pool before it or enlarge the input", "train", "--net", "nin-imagenet")]
    [InlineData(2, "did you mean 'optimizer.learning_rate'?", "train", "--set", "optimizer.learning_rat=1")]
    [InlineData(2, "did you mean '--lr'?", "train", "--lrr", "0.1")]
    [InlineData(2, "did you mean 'nin train'?", "trian")]
    [InlineData(2, "--lr", "train", "--lr", "nan")]
    [InlineData(2, "--lr", "train", "--lr", "-0.1")]
    [InlineData(2, "at least 0 and below 1", "train", "--val", "1.5")]
    [InlineData(2, "--batch 57000 or less", "train", "--batch", "100000")]
    [InlineData(3, "check the path", "train", "--data", "/nowhere/data")]
    [InlineData(3, "cifar10", "train", "writeup-a", "--data", ".")]
    [InlineData(5, "unset NIN_OFFLINE", "data", "get", "mnist", "--data", ".")]
    [InlineData(2, "did you mean 'mnist'?", "data", "get", "mnits")]
    [InlineData(2, "--mirror cannot be", "data", "get", "mnist", "--mirror", "ftp://example.org")]
    [InlineData(1, "--out", "train", "--out", "/proc/nothing")]
    [InlineData(2, "fashion-mnist", "train", "fashion-mnst")]
    public void A_mistake_on_the_command_line(int exitCode, string hint, params string[] arguments) => AssertRefused(exitCode, hint, arguments);

    [Fact]
    public void Images_that_end_early() => AssertRefused(3, "1000000", Damaged("train-images-idx3-ubyte", bytes => bytes[..1_000_000]));

    [Fact]
    public void Images_that_begin_wrong() => AssertRefused(3, "begins with", Damaged("train-images-idx3-ubyte", bytes =>
    {
        bytes[2] = 9;
        return bytes;
    }));

    [Fact]
    public void Fewer_labels_than_images() => AssertRefused(3, "60000 images", Damaged("train-labels-idx1-ubyte", _ => Content("t10k-labels-idx1-ubyte")));

    [Fact]
    public void A_label_out_of_range() => AssertRefused(3, "label 92 is 15", Damaged("train-labels-idx1-ubyte", bytes =>
    {
        bytes[100] = 15;
        return bytes;
    }));

    [Fact]
    public void Damaged_files_are_fetched_again()
    {
        Directory.CreateDirectory(_folder["mnist"]);
        foreach (var file in Files) File.WriteAllBytes(_folder["mnist", $"{file}.gz"], [1, 2, 3]);
        AssertRefused(3, "fetch the file again", "train", "mnist", "--data", ".");
        AssertRefused(5, "unset NIN_OFFLINE", "data", "get", "mnist", "--data", ".");
    }

    private void AssertRefused(int exitCode, string hint, params string[] arguments)
    {
        var (code, output, error) = NinProcess.Run(_folder.Path, arguments);
        var lines = error.TrimEnd().Split('\n');
        Assert.True(exitCode == code, $"exit code {code}: {error}");
        Assert.Equal(["error: ", "  why: ", "  fix: "], lines.TakeLast(3).Select(line => line[..7]));
        Assert.Contains(hint, error);
        Assert.Empty(output);
        Assert.False(Directory.Exists(_folder["runs", "train", "fashion-mnist"]));
    }

    /// <summary>The four official files with one of them changed; the arguments that train on them.</summary>
    private string[] Damaged(string name, Func<byte[], byte[]> damage)
    {
        Directory.CreateDirectory(_folder["files"]);
        foreach (var file in Files) File.WriteAllBytes(_folder["files", file], file == name ? damage(Content(file)) : Content(file));
        return ["train", "--data", _folder["files"]];
    }

    private static byte[] Content(string file)
    {
        using var gzip = new GZipStream(File.OpenRead(Path.Combine(Home(), "data", "fashion-mnist", $"{file}.gz")), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string Home() => global::Nin.Files.NinHome.Find()!;
}
