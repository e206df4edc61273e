using System.Security.Cryptography;
using Nin.Files;

namespace Nin.Inference.Tests;

/// <summary>Every model that ships is the one that its card describes.</summary>
public sealed class ModelCardTests
{
    private static readonly string Folder = Path.Combine(NinHome.Find()!, "models");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.onnx", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_loads_is_small_and_has_the_hash_and_the_accuracy_of_its_card(string file)
    {
        var path = Path.Combine(Folder, file);
        var card = File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, "README.md"));
        Assert.InRange(new FileInfo(path).Length, 1, 8_000_000);
        Assert.Contains($"`{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}`", card);
        using var classifier = Classifier.Load(path);
        Assert.Contains($"top-1 **{100 * classifier.Metadata.TestAccuracy:0.00} %**", card);
    }
}
