using System.Runtime.InteropServices;

namespace Nin.Images;

/// <summary>From decoded pixels [H, W, 4] to planes [C, H, W]: upright, on white, in colour or grey.</summary>
internal static class PixelPlanes
{
    /// <param name="rgba">[H, W, 4] as stored; colours not multiplied by their opacity.</param>
    /// <param name="storedWidth">W.</param>
    /// <param name="storedHeight">H.</param>
    /// <param name="orientation">How to turn it.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="planes">[C, H, W], or [C, W, H] where it is turned.</param>
    public static void Write(ReadOnlySpan<byte> rgba, int storedWidth, int storedHeight, Orientation orientation, int channels, Span<byte> planes)
    {
        var pixels = MemoryMarshal.Cast<byte, Rgba>(rgba);
        var area = storedWidth * storedHeight;
        var width = orientation.IsTurned ? storedHeight : storedWidth;
        var (start, across, down) = orientation.Steps(storedWidth, storedHeight);
        for (int row = 0, to = 0; to < area; row++)
        {
            var from = start + row * down;
            for (var x = 0; x < width; x++, to++, from += across)
            {
                var pixel = pixels[from];
                if (pixel.Opacity < 255) pixel = pixel.OnWhite();
                if (channels == 1)
                {
                    planes[to] = pixel.Luma;
                    continue;
                }
                planes[to] = pixel.Red;
                planes[area + to] = pixel.Green;
                planes[2 * area + to] = pixel.Blue;
            }
        }
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct Rgba(byte Red, byte Green, byte Blue, byte Opacity)
    {
        /// <summary>ITU-R BT.601 in 16 bits, rounded, as Pillow has it; grey stays what it is.</summary>
        public byte Luma => (byte)((Red * 19595 + Green * 38470 + Blue * 7471 + 0x8000) >> 16);

        public Rgba OnWhite() => new(Mix(Red), Mix(Green), Mix(Blue), 255);

        private byte Mix(byte colour) => (byte)((colour * Opacity + 255 * (255 - Opacity) + 127) / 255);
    }
}
