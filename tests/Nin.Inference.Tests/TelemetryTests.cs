using Nin.Files;

namespace Nin.Inference.Tests;

/// <summary>ONNX Runtime must not report what users do.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public void No_store_of_events_is_opened()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "open files are listed by /proc");
        using var classifier = Classifier.Load(Path.Combine(NinHome.Find()!, "models", "fashion-mnist.onnx"));
        Assert.DoesNotContain(Directory.EnumerateFiles("/proc/self/fd").Select(file => new FileInfo(file).LinkTarget ?? ""), target => target.Contains(".onnxruntime", StringComparison.Ordinal));
    }
}
