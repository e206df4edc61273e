using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Nin.Json;

/// <summary>
/// Holds a JSON document against the type that it is meant for, before it is deserialised: every key must exist and every value must have the
/// right type. What does not fit is reported by its dotted path, with what was found, what was expected, and the nearest known name.
/// </summary>
/// <param name="fail">Makes the exception from what, why and fix.</param>
public sealed class StrictJson(Func<string, string, string, Exception> fail)
{
    private static readonly JsonDocumentOptions Strict = new() { CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>The object in a text; comments are allowed, keys may not repeat.</summary>
    /// <param name="json">The document.</param>
    /// <param name="origin">Where it comes from, for errors.</param>
    public JsonObject Parse(string json, string origin)
    {
        try
        {
            var node = JsonNode.Parse(json, documentOptions: Strict);
            // Written once because half a surrogate pair only shows when a string is asked for.
            node?.ToJsonString(NinJson.Line);
            return node as JsonObject ?? throw fail($"{origin} holds {Found(node)}", "a JSON object is expected", "put the content between { and }");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw fail($"{origin} is no valid JSON", e.Message, e is JsonException { LineNumber: { } line } ? $"correct line {line + 1}" : "correct it");
        }
    }

    /// <summary>Checks that <paramref name="node"/> can be deserialised as <paramref name="type"/>.</summary>
    /// <param name="node">The document or a part of it.</param>
    /// <param name="type">What it is meant for.</param>
    /// <param name="origin">Where it comes from, for errors.</param>
    /// <param name="path">The dotted path of the node; empty for a whole document.</param>
    public void Check(JsonNode? node, Type type, string origin, string path = "")
    {
        var info = NinJson.Line.GetTypeInfo(type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object:
                CheckObject(node as JsonObject ?? throw WrongType(node, "an object", origin, path), info, origin, path);
                break;
            case JsonTypeInfoKind.Enumerable:
                var list = node as JsonArray ?? throw WrongType(node, "a list", origin, path);
                for (var i = 0; i < list.Count; i++) Check(list[i], info.ElementType!, origin, $"{path}[{i}]");
                break;
            default:
                CheckValue(node, type, origin, path);
                break;
        }
    }

    private void CheckObject(JsonObject node, JsonTypeInfo info, string origin, string path)
    {
        var kinds = info.PolymorphismOptions;
        if (kinds is not null) info = KindOf(node, kinds, origin, path);
        var properties = info.Properties.Where(property => property.Get is not null).ToDictionary(property => property.Name);
        foreach (var (key, value) in node)
        {
            if (key == kinds?.TypeDiscriminatorPropertyName) continue;
            var here = Join(path, key);
            if (!properties.TryGetValue(key, out var property))
                throw fail($"{origin}: there is no '{here}'", Known(path, [.. properties.Keys]), Remedy(key, path, [.. properties.Values]));
            if (value is null && property.IsSetNullable && !property.PropertyType.IsValueType) continue;
            Check(value, property.PropertyType, origin, here);
        }
        var missing = properties.Values.FirstOrDefault(property => property.IsRequired && !node.ContainsKey(property.Name));
        if (missing is not null)
            throw fail($"{origin}: '{Join(path, missing.Name)}' is missing", $"{Name(path)} needs it: {Expected(missing.PropertyType)}", $"add \"{missing.Name}\"");
    }

    /// <summary>The record that a <c>type</c> stands for.</summary>
    private JsonTypeInfo KindOf(JsonObject node, JsonPolymorphismOptions kinds, string origin, string path)
    {
        var key = kinds.TypeDiscriminatorPropertyName;
        var names = kinds.DerivedTypes.Select(kind => (string)kind.TypeDiscriminator!).ToArray();
        if (!node.TryGetPropertyValue(key, out var value)) throw fail($"{origin}: '{Join(path, key)}' is missing", "it says which kind this is", $"use one of: {string.Join(", ", names)}");
        if (value?.GetValueKind() != JsonValueKind.String) throw WrongType(value, "text", origin, Join(path, key));
        var name = value.GetValue<string>();
        var kind = Array.IndexOf(names, name);
        if (kind < 0) throw fail($"{origin}: '{Join(path, key)}' is \"{name}\"", $"the kinds are {string.Join(", ", names)}", Suggestion.Remedy(name, names));
        return NinJson.Line.GetTypeInfo(kinds.DerivedTypes[kind].DerivedType);
    }

    private void CheckValue(JsonNode? node, Type type, string origin, string path)
    {
        var words = WordsOf(type);
        if (words.Length > 0 && node?.GetValueKind() == JsonValueKind.String && node.GetValue<string>() is var word)
        {
            // The converter would also take other spellings, and lists with commas.
            if (!words.Contains(word)) throw fail($"{origin}: '{path}' is {Found(node)}", $"expected {Expected(type)}", Suggestion.Remedy(word, words));
            return;
        }
        if (node is null && !type.IsValueType) throw WrongType(node, Expected(type), origin, path);
        try
        {
            node.Deserialize(type, NinJson.Line);
        }
        catch (JsonException)
        {
            throw WrongType(node, Expected(type), origin, path);
        }
    }

    private Exception WrongType(JsonNode? node, string expected, string origin, string path) =>
        fail($"{origin}: {Name(path)} is {Found(node)}", $"expected {expected}", $"give {expected}");

    private static string Known(string path, string[] keys) =>
        keys.Length == 0 ? $"{Name(path)} has no settings" : $"{Name(path)} has {string.Join(", ", keys)}";

    private static string Remedy(string key, string path, JsonPropertyInfo[] siblings)
    {
        if (siblings.Length == 0) return $"remove '{Join(path, key)}'";
        var known = siblings.Select(sibling => sibling.Name).ToArray();
        if (Suggestion.Nearest(key, known) is { } near) return $"did you mean '{Join(path, near)}'?";
        var owner = siblings.FirstOrDefault(sibling => NinJson.Line.GetTypeInfo(sibling.PropertyType).Properties.Any(inner => inner.Name == key));
        return owner is not null ? $"did you mean '{Join(path, owner.Name)}.{key}'?" : $"use one of: {string.Join(", ", known.Select(name => Join(path, name)))}";
    }

    private static string Name(string path) => path.Length > 0 ? $"'{path}'" : "the document";

    private static string Join(string path, string key) => path.Length > 0 ? $"{path}.{key}" : key;

    private static string Found(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "an object",
        JsonArray => "a list",
        _ when node.ToJsonString(NinJson.Line) is var text => text.Length <= 60 ? text : $"{text[..60]}…",
        _ => "",
    };

    private static string Expected(Type type) => type switch
    {
        _ when Nullable.GetUnderlyingType(type) is { } inner => $"{Expected(inner)} or null",
        _ when WordsOf(type) is { Length: > 0 } words => $"one of {string.Join(", ", words.Select(word => $"\"{word}\""))}",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(double) || type == typeof(float) => "a number",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(string) => "text",
        _ => NinJson.Line.GetTypeInfo(type).Kind == JsonTypeInfoKind.Enumerable ? "a list" : "an object",
    };

    /// <summary>The words of an enum as JSON spells them, or none.</summary>
    private static string[] WordsOf(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } kind
            ? [.. Enum.GetValues(kind).Cast<object>().Select(value => JsonSerializer.SerializeToNode(value, kind, NinJson.Line)!.GetValue<string>())]
            : [];
}
