using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nin.Architectures;
using TorchSharp;

namespace Nin.Training.Compute;

/// <summary>
/// Max pooling on bfloat16 [N, H, W, C], channels in vectors. Compares as integers: flipping the lower bits of negative numbers makes the order of
/// bfloat16 that of 16-bit integers. Remembers the winner's place in its window in one byte an output.
/// </summary>
internal static unsafe class MaxPoolKernel
{
    /// <summary>The side of the largest window whose cells a byte can number.</summary>
    public const int LargestWindow = 16;

    /// <summary>y = the maximum of each window; places = which of the window's cells it was, row by row.</summary>
    public static void Forward(torch.Tensor x, torch.Tensor y, torch.Tensor places, MaxPoolOperation pool)
    {
        var px = x.Pointer<short>();
        var py = y.Pointer<short>();
        var pp = places.Pointer<byte>();
        var (height, width, channels) = ((int)x.shape[1], (int)x.shape[2], (int)x.shape[3]);
        var (rows, columns) = ((int)y.shape[1], (int)y.shape[2]);
        var lines = x.shape[0] * rows;
        for (var line = 0L; line < lines; line++)
        {
            var image = px + line / rows * height * width * channels;
            var top = (int)(line % rows) * pool.Stride - pool.Padding;
            for (var column = 0; column < columns; column++)
            {
                var left = column * pool.Stride - pool.Padding;
                var window = new Window(Math.Max(top, 0), Math.Min(top + pool.Kernel, height), Math.Max(left, 0), Math.Min(left + pool.Kernel, width), top, left);
                var output = (line * columns + column) * channels;
                var c = 0;
                for (; c <= channels - Bf16.Lanes; c += Bf16.Lanes) PoolVector(image + c, py + output + c, pp + output + c, window, width, channels, pool.Kernel);
                for (; c < channels; c++) PoolOne(image + c, py + output + c, pp + output + c, window, width, channels, pool.Kernel);
            }
        }
    }

    /// <summary>Each input cell receives the gradients of the windows that it won.</summary>
    public static void Backward(torch.Tensor gradientY, torch.Tensor places, torch.Tensor gradientX, MaxPoolOperation pool)
    {
        var pg = gradientY.Pointer<ushort>();
        var pp = places.Pointer<byte>();
        var px = gradientX.Pointer<ushort>();
        var (height, width, channels) = ((int)gradientX.shape[1], (int)gradientX.shape[2], (int)gradientX.shape[3]);
        var (rows, columns) = ((int)gradientY.shape[1], (int)gradientY.shape[2]);
        var lines = gradientX.shape[0] * height;
        for (var line = 0L; line < lines; line++)
        {
            var (image, y) = (line / height, (int)(line % height));
            var (rowFrom, rowTo) = Windows(y, pool, rows);
            for (var x = 0; x < width; x++)
            {
                var (columnFrom, columnTo) = Windows(x, pool, columns);
                var target = px + (line * width + x) * channels;
                var c = 0;
                for (; c <= channels - Bf16.Lanes; c += Bf16.Lanes)
                {
                    Vector512<float> low = default, high = default;
                    for (var row = rowFrom; row <= rowTo; row++)
                    {
                        for (var column = columnFrom; column <= columnTo; column++)
                        {
                            var place = (byte)((y + pool.Padding - row * pool.Stride) * pool.Kernel + x + pool.Padding - column * pool.Stride);
                            var source = ((image * rows + row) * columns + column) * channels + c;
                            var won = Vector512.Equals(Widen(Vector256.Load(pp + source)), Vector512.Create((ushort)place));
                            var (gLow, gHigh) = Bf16.Widen(Vector512.Load(pg + source) & won);
                            low += gLow;
                            high += gHigh;
                        }
                    }
                    Vector512.Store(Bf16.Narrow(low, high), target + c);
                }
                for (; c < channels; c++)
                {
                    var sum = 0f;
                    for (var row = rowFrom; row <= rowTo; row++)
                    {
                        for (var column = columnFrom; column <= columnTo; column++)
                        {
                            var place = (byte)((y + pool.Padding - row * pool.Stride) * pool.Kernel + x + pool.Padding - column * pool.Stride);
                            var source = ((image * rows + row) * columns + column) * channels + c;
                            if (pp[source] == place) sum += Bf16.ToSingle(pg[source]);
                        }
                    }
                    target[c] = Bf16.FromSingle(sum);
                }
            }
        }
    }

    private readonly record struct Window(int FromY, int ToY, int FromX, int ToX, int Top, int Left);

    private static void PoolVector(short* image, short* y, byte* places, Window window, int width, int channels, int kernel)
    {
        var best = Vector512.Create(short.MinValue);
        Vector512<short> place = default;
        for (var row = window.FromY; row < window.ToY; row++)
        {
            for (var column = window.FromX; column < window.ToX; column++)
            {
                var value = Sortable(Vector512.Load(image + (row * width + column) * channels));
                var larger = Vector512.GreaterThan(value, best);
                best = Vector512.Max(value, best);
                place = Vector512.ConditionalSelect(larger, Vector512.Create((short)((row - window.Top) * kernel + column - window.Left)), place);
            }
        }
        Vector512.Store(Sortable(best), y);
        Vector256.Store(Vector512.Narrow(place.AsUInt16(), default).GetLower(), places);
    }

    private static void PoolOne(short* image, short* y, byte* places, Window window, int width, int channels, int kernel)
    {
        var best = short.MinValue;
        for (var row = window.FromY; row < window.ToY; row++)
        {
            for (var column = window.FromX; column < window.ToX; column++)
            {
                var value = Sortable(image[(row * width + column) * channels]);
                if (value <= best) continue;
                best = value;
                *places = (byte)((row - window.Top) * kernel + column - window.Left);
            }
        }
        *y = Sortable(best);
    }

    /// <summary>The outputs whose windows cover a place.</summary>
    private static (int From, int To) Windows(int place, MaxPoolOperation pool, int outputs)
    {
        var from = place + pool.Padding - pool.Kernel;
        return (from < 0 ? 0 : from / pool.Stride + 1, Math.Min((place + pool.Padding) / pool.Stride, outputs - 1));
    }

    /// <summary>Its own inverse.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Sortable(Vector512<short> value) => value ^ ((value >> 15) & Vector512.Create((short)0x7fff));

    private static short Sortable(short value) => (short)(value ^ ((value >> 15) & 0x7fff));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ushort> Widen(Vector256<byte> value)
    {
        var (low, high) = Vector256.Widen(value);
        return Vector512.Create(low, high);
    }
}
