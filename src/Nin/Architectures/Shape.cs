using System.Text.Json.Serialization;

namespace Nin.Architectures;

/// <summary>The shape of one image or feature map without the batch: [C, H, W].</summary>
/// <param name="Channels">C, the number of channels or maps.</param>
/// <param name="Height">H, in pixels.</param>
/// <param name="Width">W, in pixels.</param>
public sealed record Shape(int Channels, int Height, int Width)
{
    /// <summary>C x H x W.</summary>
    /// <exception cref="OverflowException">The product does not fit 64 bits; a planned network's shapes always do.</exception>
    [JsonIgnore]
    public long Elements => checked((long)Channels * Height * Width);

    /// <summary>As people write it in a table: 96x54x54, or 10 for a vector.</summary>
    public override string ToString() => Height == 1 && Width == 1 ? $"{Channels}" : $"{Channels}x{Height}x{Width}";
}
