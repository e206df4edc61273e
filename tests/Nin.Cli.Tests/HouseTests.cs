using System.Reflection;
using System.Xml.Linq;

namespace Nin.Cli.Tests;

/// <summary>Dependencies point inward: what describes knows no native code, what draws knows only what describes.</summary>
public sealed class HouseTests
{
    [Fact]
    public void Nin_needs_nothing_but_the_runtime_and_protobuf() =>
        Assert.Equal(["Google.Protobuf"], Foreign(typeof(Architectures.Architecture).Assembly));

    [Fact]
    public void Training_knows_only_Nin_and_TorchSharp() =>
        Assert.Equal(["Nin", "TorchSharp"], Foreign(typeof(Training.TrainingRun).Assembly));

    [Fact]
    public void Images_know_only_Nin_and_what_they_decode_with() =>
        Assert.Equal(["Nin", "SkiaSharp"], Foreign(typeof(Images.ImageDecoder).Assembly));

    [Fact]
    public void Inference_knows_only_Nin_its_pictures_and_ONNX_Runtime() =>
        Assert.Equal(["Microsoft.ML.OnnxRuntime", "Nin", "Nin.Images"], Foreign(typeof(Inference.Classifier).Assembly));

    [Fact]
    public void Reports_know_only_Nin_and_what_they_draw_with() =>
        Assert.Equal(["Nin", "ScottPlot", "SkiaSharp"], Foreign(typeof(Reports.RunReport).Assembly));

    [Fact]
    public void The_server_knows_inference_and_its_metrics_but_nothing_of_training() =>
        Assert.Equal(["Nin", "Nin.Images", "Nin.Inference", "Prometheus.AspNetCore", "Prometheus.NetStandard"], Foreign(typeof(Server.NinServer).Assembly));

    [Fact]
    public void Every_dependency_has_its_reason()
    {
        var home = Files.NinHome.Find()!;
        var reasons = File.ReadAllText(Path.Combine(home, "docs", "design.md"));
        var packages = XDocument.Load(Path.Combine(home, "Directory.Packages.props")).Descendants("PackageVersion").Select(package => package.Attribute("Include")!.Value);
        Assert.All(packages, package => Assert.Contains(package, reasons, StringComparison.Ordinal));
    }

    /// <summary>What an assembly refers to beside the platform.</summary>
    private static string[] Foreign(Assembly assembly) =>
        [.. assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => name is not "netstandard" && (!Platform(name) || name.StartsWith("Microsoft.ML", StringComparison.Ordinal) || name == "System.CommandLine")).Order(StringComparer.Ordinal)];

    private static bool Platform(string name) => name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft", StringComparison.Ordinal);
}
