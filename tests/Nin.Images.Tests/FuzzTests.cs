using Nin.Images.Tests.Pictures;
using Nin.Tests.Fuzzing;

namespace Nin.Images.Tests;

/// <summary>However a picture is damaged, it is decoded or refused by a typed error. tests/soak/fuzz feeds ten times as many.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly ImageLimits Small = new(MaxPixels: 100_000);

    public static TheoryData<string> Kinds { get; } = ["jpg", "png", "webp", "gif", "bmp"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Damaged_pictures_are_decoded_or_refused(string kind) => output.WriteLine(new FuzzCampaign(new(
        kind,
        bytes => ImageDecoder.Decode(bytes, 3, FuzzSubject.File, Small),
        [.. ExpectedPicture.All.Keys.Where(name => name.EndsWith($".{kind}", StringComparison.Ordinal)).Select(name => new FuzzSeed(File.ReadAllBytes(ExpectedPicture.PathOf(name))))]) { IsNative = true }).Run());
}
