using Nin.Documents;

namespace Nin.EndToEnd;

/// <summary>What the documents tell people to type does what it should: their commands are run from top to bottom, trainings on a hundredth of the data.</summary>
public sealed class DocumentCommandTests : IDisposable
{
    private static readonly string _home = global::Nin.Files.NinHome.Find()!;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Documents in one folder, where those behind use what those before have trained.</summary>
    [Theory]
    [InlineData("docs/getting-started.md", "docs/concepts.md", "docs/models.md")]
    [InlineData("docs/own-images.md")]
    public void Commands_run(params string[] paths)
    {
        CopySamples("samples");
        Directory.CreateDirectory(_folder["models"]);
        File.Copy(Path.Combine(_home, "models", "fashion-mnist.onnx"), _folder["models", "fashion-mnist.onnx"]);
        foreach (var kind in new[] { "shoes", "bags", "blurred" })
        {
            CopySamples("photos", "train", kind);
            CopySamples("photos", "test", kind);
        }
        CopySamples("unsorted");
        Assert.All(paths, path => Assert.NotEmpty(Of(path).Commands));
        foreach (var line in paths.SelectMany(path => Of(path).Commands))
        {
            var shortened = line.Replace("<run>", "fashion-mnist", StringComparison.Ordinal) + line.Split(' ')[0] switch
            {
                "train" => $" --set epochs=1 --set fraction={(line.Contains("photos", StringComparison.Ordinal) ? 1 : 0.01)}",
                "bench" => " --seconds 1",
                _ => "",
            };
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
        Assert.Equal(["train"], Of("README.md").Commands);
        Assert.True(error.IndexOf("onnx  ", StringComparison.Ordinal) < error.IndexOf("next:", StringComparison.Ordinal), "what to do next comes last");
    }

    /// <summary>Every recipe that the README names, on a few images of the same shape.</summary>
    [Fact]
    public void Recipes_of_the_readme_run()
    {
        Bars.Write(_folder["data"], "train", 80);
        Bars.Write(_folder["data"], "t10k", 20);
        ColourBars.Write(_folder["data"], _folder["png"]);
        var commands = Of("README.md").Mentions.Where(line => line.StartsWith("train ", StringComparison.Ordinal)).ToList();
        Assert.Equal(["train cifar10", "train mnist", "train d2l-fashion-mnist", "train writeup-c"], commands);
        foreach (var line in commands)
        {
            var (exitCode, output, error) = NinProcess.Run(_folder.Path, [.. line.Split(' '), "--data", "data", "--epochs", "1", "--batch", "16", "--no-report"]);
            Assert.True(exitCode == 0, $"nin {line}: {error}");
            Assert.Contains("test accuracy", output, StringComparison.Ordinal);
        }
    }

    private static Document Of(string path) => Document.All.Single(document => document.Path == path);

    private void CopySamples(params string[] folder)
    {
        Directory.CreateDirectory(_folder[folder]);
        foreach (var sample in Directory.EnumerateFiles(Path.Combine(_home, "samples"), "*.png"))
            File.Copy(sample, _folder[[.. folder, Path.GetFileName(sample)]]);
    }
}
