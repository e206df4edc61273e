using Nin.Documents;

namespace Nin.EndToEnd;

/// <summary>What the documents tell people to type does what it should: their commands are run from top to bottom, trainings on a hundredth of the data.</summary>
public sealed class DocumentCommandTests : IDisposable
{
    private static readonly string _home = global::Nin.Files.NinHome.Find()!;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("docs/getting-started.md")]
    [InlineData("docs/own-images.md")]
    public void Commands_run(string path)
    {
        CopySamples("samples");
        foreach (var kind in new[] { "shoes", "bags", "blurred" })
        {
            CopySamples("photos", "train", kind);
            CopySamples("photos", "test", kind);
        }
        CopySamples("unsorted");
        var commands = Document.All.Single(document => document.Path == path).Commands.ToList();
        Assert.NotEmpty(commands);
        foreach (var line in commands)
        {
            var shortened = line.StartsWith("train", StringComparison.Ordinal) ? $"{line} --set epochs=1 --set fraction={(line.Contains("photos", StringComparison.Ordinal) ? 1 : 0.01)}" : line;
            var (exitCode, _, error) = NinProcess.Run(_folder.Path, shortened.Split(' '));
            // A gate may close: so little was trained.
            Assert.True(exitCode == 0 || (exitCode == 6 && line.Contains("--min-accuracy", StringComparison.Ordinal)), $"nin {line}: {error}");
        }
    }

    [Fact]
    public void Commands_of_the_readme_run()
    {
        var (exitCode, output, error) = NinProcess.Run(_folder.Path, "train", "--set", "epochs=1", "--set", "fraction=0.01");
        Assert.True(exitCode == 0, error);
        Assert.Contains("test accuracy", output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["runs", "train", "fashion-mnist", "report.html"]));
        // The rest of the README's commands build and pack: tests/packages.
        Assert.Equal(["train"], Document.All.Single(document => document.Path == "README.md").Commands);
        Assert.True(error.IndexOf("onnx  ", StringComparison.Ordinal) < error.IndexOf("next:", StringComparison.Ordinal), "what to do next comes last");
    }

    private void CopySamples(params string[] folder)
    {
        Directory.CreateDirectory(_folder[folder]);
        foreach (var sample in Directory.EnumerateFiles(Path.Combine(_home, "samples"), "*.png"))
            File.Copy(sample, _folder[[.. folder, Path.GetFileName(sample)]]);
    }
}
