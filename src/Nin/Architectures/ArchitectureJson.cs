using System.Text.Json;
using Nin.Files;
using Nin.Json;

namespace Nin.Architectures;

/// <summary>Network descriptions as JSON files: what users write for networks of their own, and what stands in every model file.</summary>
public static class ArchitectureJson
{
    private static readonly StrictJson Json = new((what, why, fix) => new ModelException(what, why, fix));

    /// <summary>Reads a network from a file. Whether its layers fit together is for <see cref="Architecture.Plan"/> to say.</summary>
    /// <exception cref="ModelException">The file is missing or is no description of a network.</exception>
    public static Architecture Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"cannot read the network {path}", e.Message, "check the path and its permissions", e);
        }
    }

    /// <summary>Reads a network from text.</summary>
    /// <param name="json">The description; settings of a layer that have a default may be left out.</param>
    /// <param name="origin">Where it comes from, for errors.</param>
    /// <exception cref="ModelException">It is no description of a network.</exception>
    public static Architecture Parse(string json, string origin)
    {
        var document = Json.Parse(json, origin);
        Json.Check(document, typeof(Architecture), origin);
        return document.Deserialize<Architecture>(NinJson.Line)!;
    }

    /// <summary>The description as indented JSON; <see cref="Parse"/> reads it back.</summary>
    public static string Format(Architecture architecture) => JsonSerializer.Serialize(architecture, NinJson.Indented);

    /// <summary>Writes the description to a file.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, Architecture architecture) => AtomicFile.WriteText(path, Format(architecture) + "\n");
}
