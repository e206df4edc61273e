using System.Collections.Immutable;
using System.Text.Json;
using Nin.Onnx;
using Nin.Server.Http;
using Nin.Server.Models;

namespace Nin.Server.KServe;

/// <summary>Reads inference requests of the KServe v2 protocol: JSON, after which tensors may follow as bytes. A field that is null is one that is left out.</summary>
/// <param name="tensors">Reads the images.</param>
/// <param name="known">The model's outputs.</param>
internal sealed class InferReader(TensorReader tensors, ImmutableArray<ModelOutput> known)
{
    private const int DeepestJson = 16, LongestText = 256;

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
        ImmutableArray<(ModelOutput Output, bool? IsBinary)> outputs = [];
        var isBinary = false;
        json.Read();
        Begin(ref json, JsonTokenType.StartObject, "the request");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = Text(ref json);
            json.Read();
            if (json.TokenType == JsonTokenType.Null) continue;
            switch (key)
            {
                case "id": id = Text(ref json); break;
                case "parameters": isBinary = Flag(ref json, "binary_data_output") ?? false; break;
                case "inputs" when images is null: images = Inputs(ref json, binary); break;
                case "inputs": throw RequestException.Bad("the request has inputs twice");
                case "outputs": outputs = Outputs(ref json); break;
                default: json.Skip(); break;
            }
        }
        // What follows the object is no JSON; the reader says so.
        json.Read();
        if (images is null) throw RequestException.Bad($"the request has no inputs; it needs '{OnnxModel.Images}', FP32 {tensors.Expected}");
        if (outputs.IsEmpty) outputs = [.. known.Select(output => (output, (bool?)null))];
        return new(id, images, tensors.Count(images), [.. outputs.Select(output => new WantedOutput(output.Output, output.IsBinary ?? isBinary))]);
    }

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
            var key = Text(ref json);
            json.Read();
            if (json.TokenType == JsonTokenType.Null) continue;
            switch (key)
            {
                case "name": name = Text(ref json); break;
                case "datatype": datatype = Text(ref json); break;
                case "shape": shape = ReadShape(ref json); break;
                case "parameters": binarySize = Number(ref json, "binary_data_size"); break;
                case "data": data = json; json.Skip(); break;
                default: json.Skip(); break;
            }
        }
        if (name != OnnxModel.Images) throw RequestException.Bad($"there is no input '{name}'; the model takes '{OnnxModel.Images}'");
        if (datatype != "FP32") throw RequestException.Bad($"the datatype of '{name}' is '{datatype}'; it must be FP32");
        var images = tensors.Room(shape);
        if (binarySize is { } size) TensorReader.FromBytes(binary, size, images);
        else if (data.TokenType == JsonTokenType.StartArray) TensorReader.FromNumbers(ref data, images);
        else throw RequestException.Bad($"'{name}' has neither data nor binary_data_size");
        if (binarySize is null && binary.Length > 0) throw RequestException.Bad($"{binary.Length} bytes follow the JSON, but no input has binary_data_size");
        return images;
    }

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

    private ImmutableArray<(ModelOutput Output, bool? IsBinary)> Outputs(ref Utf8JsonReader json)
    {
        Begin(ref json, JsonTokenType.StartArray, "outputs");
        var outputs = ImmutableArray.CreateBuilder<(ModelOutput Output, bool? IsBinary)>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Begin(ref json, JsonTokenType.StartObject, "an output");
            string? name = null;
            bool? isBinary = null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var key = Text(ref json);
                json.Read();
                if (json.TokenType == JsonTokenType.Null) continue;
                if (key == "name") name = Text(ref json);
                else if (key == "parameters") isBinary = Flag(ref json, "binary_data");
                else json.Skip();
            }
            if (outputs.Any(output => output.Output.Name == name)) throw RequestException.Bad($"outputs names '{name}' twice");
            outputs.Add((known.FirstOrDefault(output => output.Name == name) ?? throw Unknown(name), isBinary));
        }
        return outputs.ToImmutable();
    }

    private RequestException Unknown(string? name) =>
        RequestException.Bad(name is null ? "an output has no name" : $"there is no output '{name}'; {Suggestion.Remedy(name, [.. known.Select(output => output.Name)])}");

    private static bool? Flag(ref Utf8JsonReader json, string name) => Parameter(ref json, name) is { TokenType: not JsonTokenType.None } value ? value.GetBoolean() : null;

    private static long? Number(ref Utf8JsonReader json, string name) => Parameter(ref json, name) is { TokenType: not JsonTokenType.None } value ? value.GetInt64() : null;

    /// <summary>A reader that stands at the parameter of a name; at nothing where there is none.</summary>
    private static Utf8JsonReader Parameter(ref Utf8JsonReader json, string name)
    {
        Begin(ref json, JsonTokenType.StartObject, "parameters");
        Utf8JsonReader found = default;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = json.ValueTextEquals(name);
            json.Read();
            if (isIt && json.TokenType != JsonTokenType.Null) found = json;
            json.Skip();
        }
        return found;
    }

    /// <summary>Names are short: what asks for another is not copied, compared and repeated.</summary>
    private static string? Text(ref Utf8JsonReader json) => json.ValueSpan.Length <= LongestText ? json.GetString() : throw RequestException.Bad($"a name is longer than {LongestText} bytes");

    private static void Begin(ref Utf8JsonReader json, JsonTokenType token, string what)
    {
        if (json.TokenType != token) throw RequestException.Bad($"{what} must be {(token == JsonTokenType.StartObject ? "an object" : "a list")}");
    }
}
