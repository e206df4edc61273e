namespace Nin.EndToEnd;

/// <summary>The programs under samples/ run.</summary>
public sealed class SampleTests : IDisposable
{
    private static readonly string Home = global::Nin.Files.NinHome.Find()!;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Classify_labels_pictures()
    {
        var (exitCode, output) = NinProcess.RunSample("Classify", _folder.Path, Path.Combine(Home, "models", "fashion-mnist.onnx"), Path.Combine(Home, "samples", "bag.png"));
        Assert.Equal(0, exitCode);
        Assert.Contains("bag.png: Bag, ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_leaves_a_model()
    {
        var (exitCode, output) = NinProcess.RunSample("Train", _folder.Path, "0.01");
        Assert.Equal(0, exitCode);
        Assert.Contains("model.onnx", output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["runs", "train", "sample", "model.onnx"]));
    }
}
