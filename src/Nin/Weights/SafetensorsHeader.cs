using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nin.Weights;

/// <summary>The JSON header of a safetensors file: each tensor's dtype, shape and place, and strings under <c>__metadata__</c>.</summary>
internal static class SafetensorsHeader
{
    private const string MetadataKey = "__metadata__";

    /// <summary>A tensor's line in the header; its bytes are those from <paramref name="Begin"/> to before <paramref name="End"/>, counted from the header's end.</summary>
    internal sealed record Entry(string Name, string Dtype, ImmutableArray<long> Shape, long Begin, long End);

    /// <summary>The header of tensors that follow one another, padded with spaces to a multiple of 8 bytes.</summary>
    public static byte[] Format(IReadOnlyList<KeyValuePair<string, TensorData>> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata.Count > 0) WriteMetadata(json, metadata);
            var (offset, names) = (0L, new HashSet<string> { MetadataKey });
            foreach (var (name, tensor) in tensors)
            {
                if (!names.Add(name)) throw new ArgumentException($"the name '{name}' occurs twice or is reserved", nameof(tensors));
                WriteTensor(json, name, tensor, offset);
                offset += tensor.Bytes.Length;
            }
            json.WriteEndObject();
        }
        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' ');
        if (buffer.Length > Safetensors.LongestHeader) throw new ArgumentException($"a header of {buffer.Length} bytes is longer than readers accept", nameof(metadata));
        return buffer.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject(MetadataKey);
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteTensor(Utf8JsonWriter json, string name, TensorData tensor, long offset)
    {
        if (SizeOf(tensor.Dtype, tensor.Shape) != tensor.Bytes.Length)
            throw new ArgumentException($"'{name}' has {tensor.Bytes.Length} bytes, which do not fit {tensor.Dtype} [{string.Join(", ", tensor.Shape)}]");
        json.WriteStartObject(name);
        json.WriteString("dtype", tensor.Dtype);
        json.WriteStartArray("shape");
        foreach (var dimension in tensor.Shape) json.WriteNumberValue(dimension);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + tensor.Bytes.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The tensors in the order of their bytes, which fill <paramref name="dataLength"/> bytes without gap or overlap.</summary>
    public static (List<Entry> Entries, IReadOnlyDictionary<string, string> Metadata) Parse(byte[] header, long dataLength, string origin)
    {
        try
        {
            // Decoded strictly first: JsonDocument finds broken UTF-8 only when a string is asked for.
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(header);
            using var document = JsonDocument.Parse(text);
            return Parse(document.RootElement, dataLength, origin);
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            // InvalidOperationException: an escaped half of a surrogate pair.
            throw Safetensors.Malformed(origin, $"its header is no valid JSON: {e.Message}", e);
        }
    }

    private static (List<Entry>, IReadOnlyDictionary<string, string>) Parse(JsonElement root, long dataLength, string origin)
    {
        if (root.ValueKind != JsonValueKind.Object) throw Safetensors.Malformed(origin, $"its header is {Kind(root)}, expected an object");
        var entries = new List<Entry>();
        IReadOnlyDictionary<string, string> metadata = ImmutableDictionary<string, string>.Empty;
        foreach (var (name, value) in Members(root, "the header", origin))
        {
            if (name == MetadataKey) metadata = ParseMetadata(value, origin);
            else entries.Add(ParseEntry(name, value, origin));
        }
        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        CheckPlaces(entries, dataLength, origin);
        return (entries, metadata);
    }

    private static OrderedDictionary<string, string> ParseMetadata(JsonElement element, string origin)
    {
        if (element.ValueKind != JsonValueKind.Object) throw Safetensors.Malformed(origin, $"'{MetadataKey}' is {Kind(element)}, expected an object");
        var metadata = new OrderedDictionary<string, string>();
        foreach (var (key, value) in Members(element, $"'{MetadataKey}'", origin))
        {
            if (value.ValueKind != JsonValueKind.String) throw Safetensors.Malformed(origin, $"'{MetadataKey}.{key}' is {Kind(value)}, expected a string");
            metadata.Add(key, value.GetString()!);
        }
        return metadata;
    }

    private static Entry ParseEntry(string name, JsonElement element, string origin)
    {
        if (element.ValueKind != JsonValueKind.Object) throw Safetensors.Malformed(origin, $"tensor '{name}' is {Kind(element)}, expected an object");
        var members = Members(element, $"tensor '{name}'", origin);
        var unknown = members.Keys.FirstOrDefault(key => key is not ("dtype" or "shape" or "data_offsets"));
        if (unknown is not null) throw Safetensors.Malformed(origin, $"tensor '{name}' has the unknown key '{unknown}', expected dtype, shape and data_offsets");

        var dtype = members.TryGetValue("dtype", out var word) && word.ValueKind == JsonValueKind.String ? word.GetString()! : "";
        if (TensorData.SizeOf(dtype) == 0)
            throw Safetensors.Malformed(origin, $"tensor '{name}' has the dtype '{dtype}', expected one of {string.Join(", ", TensorData.Dtypes)}");
        var shape = Numbers(members, "shape", name, origin);
        var offsets = Numbers(members, "data_offsets", name, origin);
        if (offsets is not [var begin, var end] || begin > end)
            throw Safetensors.Malformed(origin, $"tensor '{name}' has the data_offsets [{string.Join(", ", offsets)}], expected its begin and its end");
        var size = SizeOf(dtype, shape);
        if (size != end - begin)
            throw Safetensors.Malformed(origin, $"tensor '{name}' has {end - begin} bytes, but {dtype} [{string.Join(", ", shape)}] takes {size?.ToString() ?? "more than there can be"}");
        if (size > Array.MaxLength) throw Safetensors.Malformed(origin, $"tensor '{name}' has {size} bytes, expected at most {Array.MaxLength}");
        return new(name, dtype, shape, begin, end);
    }

    private static void CheckPlaces(List<Entry> entries, long dataLength, string origin)
    {
        var expected = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != expected || entry.End > dataLength)
                throw Safetensors.Malformed(origin, $"tensor '{entry.Name}' has the bytes {entry.Begin} to {entry.End}, expected to begin at {expected} and to end at most at {dataLength}");
            expected = entry.End;
        }
        if (expected != dataLength) throw Safetensors.Malformed(origin, $"{dataLength - expected} bytes follow the last tensor, expected none");
    }

    private static Dictionary<string, JsonElement> Members(JsonElement element, string where, string origin)
    {
        var members = new Dictionary<string, JsonElement>();
        foreach (var property in element.EnumerateObject())
        {
            if (!members.TryAdd(property.Name, property.Value)) throw Safetensors.Malformed(origin, $"{where} has the key '{property.Name}' twice");
        }
        return members;
    }

    private static ImmutableArray<long> Numbers(Dictionary<string, JsonElement> members, string key, string name, string origin)
    {
        if (!members.TryGetValue(key, out var list) || list.ValueKind != JsonValueKind.Array) throw Safetensors.Malformed(origin, $"tensor '{name}' has no list '{key}'");
        return [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var number) && number >= 0
            ? number
            : throw Safetensors.Malformed(origin, $"tensor '{name}' has {item} in '{key}', expected whole numbers from 0"))];
    }

    /// <summary>Bytes of a tensor, or null where there are more than a number of 64 bits can say or the dtype is unknown.</summary>
    private static long? SizeOf(string dtype, ImmutableArray<long> shape)
    {
        if (TensorData.SizeOf(dtype) is not (> 0 and var size)) return null;
        if (shape.Contains(0)) return 0;
        var bytes = (Int128)size;
        foreach (var dimension in shape)
        {
            bytes *= dimension;
            if (bytes > long.MaxValue) return null;
        }
        return (long)bytes;
    }

    private static string Kind(JsonElement element) => element.ValueKind.ToString().ToLowerInvariant();
}
