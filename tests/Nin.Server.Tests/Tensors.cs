using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Nin.Server.Tests;

/// <summary>Bodies of the KServe v2 protocol, written by hand from its specification.</summary>
internal static class Tensors
{
    public const string InferPath = $"/v2/models/{TestServer.Model}/infer";

    public const int Elements = 28 * 28;

    /// <summary>The same images for the same seed, [count, 1, 28, 28].</summary>
    public static float[] Noise(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count * Elements).Select(_ => random.NextSingle())];
    }

    public static string Json(float[] images, string rest = "", string datatype = "FP32", string? shape = null) =>
        $$"""{"inputs":[{"name":"images","shape":{{shape ?? $"[{images.Length / Elements},1,28,28]"}},"datatype":"{{datatype}}","data":[{{string.Join(',', images.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}}]}]{{rest}}}""";

    /// <summary>A JSON header and the images as bytes after it; the header's length goes into a header of HTTP.</summary>
    public static (byte[] Body, int JsonLength) Binary(float[] images, string rest = ""","outputs":[{"name":"probabilities","parameters":{"binary_data":true}}]""")
    {
        var input = $$"""{"name":"images","shape":[{{images.Length / Elements}},1,28,28],"datatype":"FP32","parameters":{"binary_data_size":{{images.Length * 4}}} }""";
        var json = Encoding.UTF8.GetBytes($$"""{"inputs":[{{input}}]{{rest}} }""");
        return ([.. json, .. MemoryMarshal.AsBytes(images.AsSpan())], json.Length);
    }
}
