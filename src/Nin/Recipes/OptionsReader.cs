using System.Text.Json;
using System.Text.Json.Nodes;
using Nin.Files;
using Nin.Json;

namespace Nin.Recipes;

/// <summary>The one path to the options of a run: defaults, then a configuration file, then <c>--set</c> and flags.</summary>
public static class OptionsReader
{
    private static readonly StrictJson Json = new((what, why, fix) => new UsageException(what, why, fix));

    /// <summary>The effective options, checked.</summary>
    /// <param name="defaults">What holds where nothing else is said.</param>
    /// <param name="configPathOrName">A JSON file, or the name of one in <c>configs/</c> of <see cref="NinHome"/>; null: none.</param>
    /// <param name="overrides">Dotted paths with values, for example <c>optimizer.learning_rate</c> and <c>0.05</c>; later ones win. A value is JSON, or else text.</param>
    /// <exception cref="UsageException">A file, key, type or value does not make sense.</exception>
    public static TrainingOptions Read(TrainingOptions defaults, string? configPathOrName, IReadOnlyList<KeyValuePair<string, string>> overrides)
    {
        var options = JsonSerializer.SerializeToNode(defaults, NinJson.Line)!.AsObject();
        if (configPathOrName is not null)
        {
            var path = ConfigFiles.Find(configPathOrName);
            Overlay(options, Json.Parse(Content(path), path), path);
        }
        foreach (var (path, value) in overrides) Overlay(options, Override(path, value), "--set");
        return Checked(options);
    }

    /// <summary>The options of a document, checked; what it leaves out has its default.</summary>
    /// <param name="json">The document.</param>
    /// <param name="origin">Where it comes from, for errors.</param>
    /// <exception cref="UsageException">A key, type or value does not make sense.</exception>
    public static TrainingOptions Parse(string json, string origin)
    {
        var options = new JsonObject();
        Overlay(options, Json.Parse(json, origin), origin);
        return Checked(options);
    }

    private static TrainingOptions Checked(JsonObject options)
    {
        var effective = options.Deserialize<TrainingOptions>(NinJson.Line)!;
        OptionsCheck.Check(effective);
        return effective;
    }

    private static string Content(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot read {path}", e.Message, "check the file and its permissions", e);
        }
    }

    private static void Overlay(JsonObject options, JsonObject changes, string origin)
    {
        Json.Check(changes, typeof(TrainingOptions), origin);
        Merge(options, changes);
    }

    /// <summary>Objects are merged key by key; anything else, lists included, is replaced.</summary>
    private static void Merge(JsonObject onto, JsonObject changes)
    {
        foreach (var (key, value) in changes)
        {
            if (value is JsonObject inner && onto[key] is JsonObject existing) Merge(existing, inner);
            else onto[key] = value?.DeepClone();
        }
    }

    /// <summary><c>a.b</c> and <c>1</c> as <c>{"a":{"b":1}}</c>.</summary>
    private static JsonObject Override(string path, string value)
    {
        var keys = path.Split('.');
        if (keys.Any(string.IsNullOrWhiteSpace))
            throw new UsageException($"--set {path}={value}: '{path}' is no name of an option", "names are words joined by dots", "use for example --set optimizer.learning_rate=0.05");
        var node = Value(keys, value);
        for (var i = keys.Length - 1; i > 0; i--) node = new JsonObject { [keys[i]] = node };
        return new JsonObject { [keys[0]] = node };
    }

    /// <summary>Options that are text take the value as it stands, so that a run may be named 7 or true.</summary>
    private static JsonNode? Value(string[] keys, string value)
    {
        try
        {
            var node = JsonNode.Parse(value, documentOptions: new() { AllowDuplicateProperties = false });
            node?.ToJsonString(NinJson.Line); // half a surrogate pair only shows when it is written
            return node?.GetValueKind() == JsonValueKind.String || !IsText(keys) ? node : JsonValue.Create(value);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return JsonValue.Create(value);
        }
    }

    private static bool IsText(string[] keys)
    {
        var type = typeof(TrainingOptions);
        foreach (var key in keys)
        {
            if (NinJson.Line.GetTypeInfo(type).Properties.FirstOrDefault(property => property.Name == key) is not { } property) return false;
            type = property.PropertyType;
        }
        return type == typeof(string);
    }
}
