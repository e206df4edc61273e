using System.Diagnostics;

namespace Nin.EndToEnd;

/// <summary>tests/pytorch/compare.py: weights loaded into PyTorch give the logits of nin predict, whatever the layers and whatever is done to pictures.</summary>
public sealed class PyTorchTests : IDisposable
{
    /// <summary>The system's, for which python3-torch is packaged.</summary>
    private const string Python = "/usr/bin/python3";

    /// <summary>Every kind of layer.</summary>
    private const string Network =
        """
        {
          "name": "every-layer",
          "input": { "channels": 1, "height": 20, "width": 20 },
          "layers": [
            { "type": "mlpconv", "widths": [8, 8], "kernel": 3, "padding": 1, "batch_norm": true },
            { "type": "average_pool", "kernel": 3, "stride": 2, "ceil": true },
            { "type": "local_response_normalisation", "size": 3, "alpha": 0.5 },
            { "type": "convolution", "width": 12, "kernel": 3, "relu": false },
            { "type": "batch_normalisation" },
            { "type": "maxout", "pieces": 2 },
            { "type": "max_pool", "kernel": 2, "stride": 2 },
            { "type": "convolution", "width": 10, "kernel": 1, "batch_norm": true },
            { "type": "relu" },
            { "type": "dropout" },
            { "type": "flatten" },
            { "type": "fully_connected", "width": 16, "relu": true },
            { "type": "fully_connected", "width": 10 }
          ]
        }
        """;

    private static readonly bool HasPyTorch = File.Exists(Python) && Run("-c", "import torch, PIL").ExitCode == 0;
    private static readonly string Home = global::Nin.Files.NinHome.Find()!;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("fashion-mnist.onnx")]
    [InlineData("d2l-fashion-mnist/d2l-fashion-mnist.onnx")] // its pictures are enlarged
    public void Models_that_ship_compute_what_PyTorch_does(string model)
    {
        RequirePyTorch();
        AssertLikePyTorch(Path.Combine(Home, "models", model), Samples);
    }

    [Fact]
    public void So_does_the_one_of_colour_pictures()
    {
        RequirePyTorch();
        ColourBars.Write(_folder["binary"], _folder["png"]);
        AssertLikePyTorch(Path.Combine(Home, "models", "cifar10", "cifar10.onnx"), Directory.GetFiles(_folder["png"], "*.png", SearchOption.AllDirectories)[..5]);
    }

    [Theory]
    [InlineData("gcn-zca")]
    [InlineData("lcn")]
    public void Every_layer_behind_a_resize_and_preprocessing_computes_what_PyTorchs_does(string preprocessing)
    {
        RequirePyTorch();
        Bars.Write(_folder["data"], "train", 200);
        Bars.Write(_folder["data"], "t10k", 20);
        File.WriteAllText(_folder["every-layer.json"], Network);
        var (exitCode, _, error) = NinProcess.Run(_folder.Path, "train", "--data", "data", "--net", "every-layer.json", "--image-size", "20", "--set", $"preprocessing.kind={preprocessing}", "--epochs", "1", "--batch", "32", "--name", "run", "--no-report");
        Assert.True(exitCode == 0, error);
        AssertLikePyTorch(_folder["runs", "train", "run"], Samples);
    }

    private static string[] Samples => Directory.GetFiles(Path.Combine(Home, "samples"), "*.png");

    /// <summary>Skips a test where there is no PyTorch; NIN_REQUIRE_PYTORCH=1 lets it fail instead.</summary>
    private static void RequirePyTorch() => Assert.SkipUnless(HasPyTorch || Environment.GetEnvironmentVariable("NIN_REQUIRE_PYTORCH") == "1", "there is no PyTorch: apt-get install python3-torch python3-pil");

    private static void AssertLikePyTorch(string model, string[] pictures)
    {
        var (exitCode, output) = Run([Path.Combine(Home, "tests", "pytorch", "compare.py"), model, .. pictures]);
        Assert.True(exitCode == 0, output);
        Assert.StartsWith($"{pictures.Length} pictures", output);
    }

    private static (int ExitCode, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NIN"] = $"dotnet {Path.Combine(AppContext.BaseDirectory, "Nin.Cli.dll")}";
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
