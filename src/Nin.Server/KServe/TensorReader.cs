using System.Runtime.InteropServices;
using System.Text.Json;
using Nin.Architectures;
using Nin.Onnx;
using Nin.Server.Http;

namespace Nin.Server.KServe;

/// <summary>Reads the values of images, as numbers or as bytes.</summary>
/// <param name="input">[C, H, W] of the model.</param>
/// <param name="most">The most images.</param>
/// <param name="bytes">Of the whole request: no value takes less than one.</param>
internal sealed class TensorReader(Shape input, int most, int bytes)
{
    /// <summary>Far from 0..1, and far from what no longer fits a float in the middle of a model.</summary>
    private const float Largest = 1000;

    /// <summary>Values that may be made room for before they are seen to be there.</summary>
    private const int Trusted = 1 << 20;

    /// <summary>The shape that images must have.</summary>
    public string Expected => $"[n, {input.Channels}, {input.Height}, {input.Width}]";

    /// <summary>Room for as many images as a shape speaks of.</summary>
    /// <exception cref="RequestException">They are others than the model's, too many, or more than the request can hold.</exception>
    public float[] Room(long[]? shape)
    {
        if (shape is not [var count, var channels, var height, var width] || (channels, height, width) != (input.Channels, input.Height, input.Width) || count < 1)
            throw RequestException.Bad($"the shape of '{OnnxModel.Images}' is {(shape is null ? "missing" : $"[{string.Join(", ", shape)}]")}; it must be {Expected} with n from 1");
        if (count > most) throw RequestException.TooLarge($"the request has {count} images; {most} are allowed");
        if (count * input.Elements > Math.Max(bytes, Trusted)) throw RequestException.Bad($"the shape asks for {count * input.Elements} values; the request has {bytes} bytes");
        return new float[count * input.Elements];
    }

    /// <summary>How many images they are.</summary>
    public int Count(float[] images) => (int)(images.Length / input.Elements);

    /// <summary>The bytes after the JSON.</summary>
    /// <exception cref="RequestException">They are too few or too many, or no images.</exception>
    public static void FromBytes(ReadOnlySpan<byte> binary, long size, float[] images)
    {
        if (size != images.Length * sizeof(float)) throw RequestException.Bad($"binary_data_size is {size}; the shape asks for {images.Length * sizeof(float)} bytes");
        if (size != binary.Length) throw RequestException.Bad($"binary_data_size is {size}, but {binary.Length} bytes follow the JSON");
        MemoryMarshal.Cast<byte, float>(binary).CopyTo(images);
        for (var i = 0; i < images.Length; i++) Check(images, i);
    }

    /// <summary>Numbers in lists, however deep, row by row.</summary>
    /// <exception cref="RequestException">They are too few or too many, or no images.</exception>
    public static void FromNumbers(ref Utf8JsonReader data, float[] images)
    {
        var depth = data.CurrentDepth;
        var read = 0;
        while (data.Read() && !(data.TokenType == JsonTokenType.EndArray && data.CurrentDepth == depth))
        {
            if (data.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray) continue;
            if (data.TokenType != JsonTokenType.Number) throw RequestException.Bad($"value {read} of '{OnnxModel.Images}' is no number");
            if (read == images.Length) throw RequestException.Bad($"'{OnnxModel.Images}' has more values than its shape asks for: {images.Length}");
            images[read] = data.GetSingle();
            Check(images, read++);
        }
        if (read != images.Length) throw RequestException.Bad($"'{OnnxModel.Images}' has {read} values; its shape asks for {images.Length}");
    }

    private static void Check(float[] images, int at)
    {
        if (!(MathF.Abs(images[at]) <= Largest)) throw RequestException.Bad($"value {at} of '{OnnxModel.Images}' is {images[at]}; images are finite numbers in 0..1");
    }
}
