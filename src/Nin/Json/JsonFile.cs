using System.Text.Json;
using Nin.Files;

namespace Nin.Json;

/// <summary>Files of a run or a model that are JSON.</summary>
public static class JsonFile
{
    /// <summary>What a file holds; null where there is none.</summary>
    /// <exception cref="ModelException">It cannot be read, is damaged, or belongs to something else.</exception>
    public static T? Read<T>(string path) where T : class
    {
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), NinJson.Line);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            // NotSupportedException: a layer without a type.
            throw new ModelException($"{path} cannot be read", e.Message, "copy it from its run again, or delete it", e);
        }
    }

    /// <summary>Writes a file, indented for people who read it.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static void Write<T>(string path, T value) where T : class => AtomicFile.WriteText(path, JsonSerializer.Serialize(value, NinJson.Indented));
}
