using System.Text.Json;
using Nin.Json;

namespace Nin.Architectures;

/// <summary>A network's description as JSON text.</summary>
public static class ArchitectureJson
{
    /// <summary>The description as indented JSON; two architectures are the same when these texts are.</summary>
    public static string Write(Architecture architecture) => JsonSerializer.Serialize(architecture, NinJson.Indented);

    /// <summary>Reads a description. Whether its layers fit together is for <see cref="Architecture.Plan"/> to say.</summary>
    /// <param name="json">The text.</param>
    /// <param name="where">Where the text comes from, for messages: a file's name.</param>
    /// <exception cref="ModelException">The text is not a network's description.</exception>
    public static Architecture Read(string json, string where)
    {
        const string fix = "correct it; docs/models lists the layers and their fields, and counts are whole numbers below 2^31";
        try
        {
            return JsonSerializer.Deserialize<Architecture>(json, NinJson.Indented)
                ?? throw new ModelException($"{where} describes no network", "it holds null", fix);
        }
        // NotSupportedException stands for a layer without "type".
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new ModelException($"{where} describes no network", exception.Message, fix, exception);
        }
    }
}
