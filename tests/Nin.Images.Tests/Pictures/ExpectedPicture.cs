using System.Text.Json;

namespace Nin.Images.Tests.Pictures;

/// <summary>What Pillow makes of one of the pictures that make_pictures.py writes.</summary>
/// <param name="Width">Upright.</param>
/// <param name="Height">Upright.</param>
/// <param name="Rgb">[H, W, 3].</param>
/// <param name="Grey">[H, W].</param>
public sealed record ExpectedPicture(int Width, int Height, byte[] Rgb, byte[] Grey)
{
    /// <summary>By file name.</summary>
    public static IReadOnlyDictionary<string, ExpectedPicture> All { get; } =
        JsonSerializer.Deserialize<Dictionary<string, ExpectedPicture>>(File.ReadAllText(PathOf("expected.json")), JsonSerializerOptions.Web)!;

    /// <summary>Where a picture lies.</summary>
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Pictures", name);

    /// <summary>[C, H, W] from [H, W, C].</summary>
    public byte[] Planes(int channels)
    {
        var (from, area) = (channels == 3 ? Rgb : Grey, Width * Height);
        var planes = new byte[channels * area];
        for (var i = 0; i < from.Length; i++) planes[i % channels * area + i / channels] = from[i];
        return planes;
    }
}
