using System.Diagnostics;

namespace Nin.Inference.Tests;

/// <summary>ONNX's own checker, with its inference of shapes, on every network of the catalogue. NIN_REQUIRE_ONNX=1 fails where it is missing.</summary>
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
        var fast = Models.Onnx("nin-fast");
        fast.ToInt8(Calibration.Measure(fast, Models.Images("nin-fast"))).Write(_folder["nin-fast-int8.onnx"]);

        var (exitCode, output) = Run("import glob, onnx, sys\nfor file in sorted(glob.glob(sys.argv[1] + '/*.onnx')):\n  onnx.checker.check_model(file, full_check=True); print(file)", _folder.Path);
        Assert.True(exitCode == 0, output);
        Assert.Equal(2 * Models.Names.Count + 1, output.Split('\n').Count(line => line.EndsWith(".onnx", StringComparison.Ordinal)));
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
