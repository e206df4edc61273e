using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Nin.Architectures;
using Nin.Onnx;
using Nin.Server.Http;
using Nin.Server.Models;

namespace Nin.Server.KServe;

/// <summary>Reads inference requests of the KServe v2 protocol: JSON, after which tensors may follow as bytes.</summary>
/// <param name="input">[C, H, W] of the model.</param>
/// <param name="known">The model's outputs.</param>
/// <param name="most">The most images.</param>
internal sealed class InferReader(Shape input, ImmutableArray<ModelOutput> known, int most)
{
    private const int DeepestJson = 16;

    /// <summary>Reads a request.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="jsonLength">How much of it is JSON.</param>
    /// <exception cref="RequestException">It makes no sense, or does not fit the model.</exception>
    public InferRequest Read(ReadOnlySpan<byte> body, int jsonLength)
    {
        try
        {
            return Request(new Utf8JsonReader(body[..jsonLength], new JsonReaderOptions { MaxDepth = DeepestJson }), body[jsonLength..]);
        }
        catch (JsonException e)
        {
            throw RequestException.Bad($"the request is no valid JSON: {e.Message}");
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw RequestException.Bad($"the request holds a value of the wrong type: {e.Message}");
        }
    }

    private InferRequest Request(Utf8JsonReader json, ReadOnlySpan<byte> binary)
    {
        string? id = null;
        float[]? images = null;
        ImmutableArray<WantedOutput> outputs = [];
        var isBinary = false;
        json.Read();
        Begin(ref json, JsonTokenType.StartObject, "the request");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = json.GetString();
            json.Read();
            switch (key)
            {
                case "id": id = json.GetString(); break;
                case "parameters": isBinary = Flag(ref json, "binary_data_output") ?? false; break;
                case "inputs": images = Inputs(ref json, binary); break;
                case "outputs": outputs = Outputs(ref json); break;
                default: json.Skip(); break;
            }
        }
        // What follows the object is no JSON; the reader says so.
        json.Read();
        if (images is null) throw RequestException.Bad($"the request has no inputs; it needs '{OnnxModel.Images}', FP32 {Expected}");
        if (outputs.IsEmpty) outputs = [.. known.Select(output => new WantedOutput(output, null))];
        return new(id, images, (int)(images.Length / input.Elements), [.. outputs.Select(output => output with { IsBinary = output.IsBinary ?? isBinary })]);
    }

    private string Expected => $"[n, {input.Channels}, {input.Height}, {input.Width}]";

    private float[] Inputs(ref Utf8JsonReader json, ReadOnlySpan<byte> binary)
    {
        Begin(ref json, JsonTokenType.StartArray, "inputs");
        float[]? images = null;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (images is not null) throw RequestException.Bad($"there is more than one input; the model takes '{OnnxModel.Images}'");
            images = Input(ref json, binary);
        }
        return images ?? throw RequestException.Bad($"inputs is empty; the model takes '{OnnxModel.Images}'");
    }

    private float[] Input(ref Utf8JsonReader json, ReadOnlySpan<byte> binary)
    {
        Begin(ref json, JsonTokenType.StartObject, "inputs[0]");
        var (name, datatype) = ("", "");
        long[]? shape = null;
        long? binarySize = null;
        Utf8JsonReader data = default;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = json.GetString();
            json.Read();
            switch (key)
            {
                case "name": name = json.GetString(); break;
                case "datatype": datatype = json.GetString(); break;
                case "shape": shape = ReadShape(ref json); break;
                case "parameters": binarySize = Number(ref json, "binary_data_size"); break;
                case "data": data = json; json.Skip(); break;
                default: json.Skip(); break;
            }
        }
        if (name != OnnxModel.Images) throw RequestException.Bad($"there is no input '{name}'; the model takes '{OnnxModel.Images}'");
        if (datatype != "FP32") throw RequestException.Bad($"the datatype of '{name}' is '{datatype}'; it must be FP32");
        var images = new float[CheckedCount(shape) * (int)input.Elements];
        if (binarySize is { } size) FromBytes(binary, size, images);
        else if (data.TokenType == JsonTokenType.StartArray) FromNumbers(ref data, images);
        else throw RequestException.Bad($"'{name}' has neither data nor binary_data_size");
        if (binarySize is null && binary.Length > 0) throw RequestException.Bad($"{binary.Length} bytes follow the JSON, but no input has binary_data_size");
        return images;
    }

    private int CheckedCount(long[]? shape)
    {
        if (shape is not [var count, var channels, var height, var width] || (channels, height, width) != (input.Channels, input.Height, input.Width) || count < 1)
            throw RequestException.Bad($"the shape of '{OnnxModel.Images}' is {(shape is null ? "missing" : $"[{string.Join(", ", shape)}]")}; it must be {Expected} with n from 1");
        return count <= most ? (int)count : throw RequestException.TooLarge($"the request has {count} images; {most} are allowed");
    }

    private static void FromBytes(ReadOnlySpan<byte> binary, long size, float[] images)
    {
        if (size != images.Length * sizeof(float)) throw RequestException.Bad($"binary_data_size is {size}; the shape asks for {images.Length * sizeof(float)} bytes");
        if (size != binary.Length) throw RequestException.Bad($"binary_data_size is {size}, but {binary.Length} bytes follow the JSON");
        MemoryMarshal.Cast<byte, float>(binary).CopyTo(images);
        for (var i = 0; i < images.Length; i++)
            if (!float.IsFinite(images[i])) throw NotFinite(images, i);
    }

    /// <summary>Numbers in lists, however deep, row by row.</summary>
    private static void FromNumbers(ref Utf8JsonReader data, float[] images)
    {
        var depth = data.CurrentDepth;
        var read = 0;
        while (data.Read() && !(data.TokenType == JsonTokenType.EndArray && data.CurrentDepth == depth))
        {
            if (data.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray) continue;
            if (data.TokenType != JsonTokenType.Number) throw RequestException.Bad($"value {read} of '{OnnxModel.Images}' is no number");
            if (read == images.Length) throw RequestException.Bad($"'{OnnxModel.Images}' has more values than its shape asks for: {images.Length}");
            images[read] = data.GetSingle();
            if (!float.IsFinite(images[read])) throw NotFinite(images, read);
            read++;
        }
        if (read != images.Length) throw RequestException.Bad($"'{OnnxModel.Images}' has {read} values; its shape asks for {images.Length}");
    }

    private static RequestException NotFinite(float[] images, int at) => RequestException.Bad($"value {at} of '{OnnxModel.Images}' is {images[at]}; images are finite numbers in 0..1");

    private static long[] ReadShape(ref Utf8JsonReader json)
    {
        Begin(ref json, JsonTokenType.StartArray, "shape");
        var sides = new List<long>(4);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (sides.Count == 8) throw RequestException.Bad("shape has more than eight sides");
            sides.Add(json.GetInt64());
        }
        return [.. sides];
    }

    private ImmutableArray<WantedOutput> Outputs(ref Utf8JsonReader json)
    {
        Begin(ref json, JsonTokenType.StartArray, "outputs");
        var outputs = ImmutableArray.CreateBuilder<WantedOutput>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (outputs.Count == 8) throw RequestException.Bad("outputs names more than eight");
            Begin(ref json, JsonTokenType.StartObject, "an output");
            string? name = null;
            bool? isBinary = null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var key = json.GetString();
                json.Read();
                if (key == "name") name = json.GetString();
                else if (key == "parameters") isBinary = Flag(ref json, "binary_data");
                else json.Skip();
            }
            outputs.Add(new(known.FirstOrDefault(output => output.Name == name) ?? throw Unknown(name), isBinary));
        }
        return outputs.ToImmutable();
    }

    private RequestException Unknown(string? name) =>
        RequestException.Bad(name is null ? "an output has no name" : $"there is no output '{name}'; {Suggestion.Remedy(name, [.. known.Select(output => output.Name)])}");

    private static bool? Flag(ref Utf8JsonReader json, string name)
    {
        Begin(ref json, JsonTokenType.StartObject, "parameters");
        bool? found = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = json.ValueTextEquals(name);
            json.Read();
            if (isIt) found = json.GetBoolean();
            else json.Skip();
        }
        return found;
    }

    private static long? Number(ref Utf8JsonReader json, string name)
    {
        Begin(ref json, JsonTokenType.StartObject, "parameters");
        long? found = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = json.ValueTextEquals(name);
            json.Read();
            if (isIt) found = json.GetInt64();
            else json.Skip();
        }
        return found;
    }

    private static void Begin(ref Utf8JsonReader json, JsonTokenType token, string what)
    {
        if (json.TokenType != token) throw RequestException.Bad($"{what} must be {(token == JsonTokenType.StartObject ? "an object" : "a list")}");
    }
}
