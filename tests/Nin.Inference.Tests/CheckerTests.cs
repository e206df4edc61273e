using System.Diagnostics;
using Nin.Onnx;
using Nin.Recipes;
using Nin.Weights;

namespace Nin.Inference.Tests;

/// <summary>ONNX's own checker, with its inference of shapes, on every network and everything that is done to images. NIN_REQUIRE_ONNX=1 fails where it is missing.</summary>
public sealed class CheckerTests : IDisposable
{
    /// <summary>The system's, for which python3-onnx is packaged.</summary>
    private const string Python = "/usr/bin/python3";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_file_is_valid_ONNX()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("NIN_REQUIRE_ONNX") == "1" || (File.Exists(Python) && Run("import onnx").ExitCode == 0), "there is no ONNX checker: apt-get install python3-onnx");
        foreach (var name in Models.Names)
        {
            var model = Models.Onnx(name);
            model.Write(_folder[$"{name}.onnx"]);
            model.ToHalf().Write(_folder[$"{name}-fp16.onnx"]);
        }
        foreach (var name in PrecisionTests.Names.Select(row => row.Data))
        {
            var model = Models.Onnx(name);
            model.ToInt8(Calibration.Measure(model, Models.Images(name))).Write(_folder[$"{name}-int8.onnx"]);
        }
        // Only what enlarges: Debian 12's onnx does not know the operators that shrinking needs.
        var small = Models.Describe(Models.Net("mlpconv-batch-norm"));
        Write("resized", small with { DataSize = new(3, 7, 9) });
        foreach (var kind in new[] { PreprocessingKind.Gcn, PreprocessingKind.GcnZca, PreprocessingKind.Lcn }) Write($"{kind}", small with { Preprocessing = new() { Kind = kind, Window = 5 } });

        var (exitCode, output) = Run("import glob, onnx, sys\nfor file in sorted(glob.glob(sys.argv[1] + '/*.onnx')):\n  onnx.checker.check_model(file, full_check=True); print(file)", _folder.Path);
        Assert.True(exitCode == 0, output);
        Assert.Equal(2 * Models.Names.Count + PrecisionTests.Names.Count + 4, output.Split('\n').Count(line => line.EndsWith(".onnx", StringComparison.Ordinal)));
    }

    private void Write(string name, ModelDescription model)
    {
        var values = (int)model.InputSize.Elements;
        var whitening = model.Preprocessing.Kind == PreprocessingKind.GcnZca ? new Whitening(new float[values], new float[values * values], values) : null;
        OnnxModel.Of(new(name, model, Models.Weights(Models.Net("mlpconv-batch-norm")), whitening)).Write(_folder[$"{name}.onnx"]);
    }

    private static (int ExitCode, string Output) Run(params string[] scriptAndArguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", .. scriptAndArguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
