using Nin.Architectures;
using Nin.Recipes;

namespace Nin.Cli.Tests.Documents;

/// <summary>A block of JSON in a document: a network, or options of a training.</summary>
internal static class JsonBlock
{
    /// <summary>Reads it as nin reads such files.</summary>
    /// <exception cref="NinException">It is neither.</exception>
    public static void Check(string json)
    {
        if (json.Contains("\"layers\"", StringComparison.Ordinal)) ArchitectureJson.Parse(json, "the document").Plan();
        else OptionsReader.Parse(json, "the document");
    }
}
