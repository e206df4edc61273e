using System.Globalization;
using Nin.Server.Http;

namespace Nin.Server.Pictures;

/// <summary>What a client wants to know of its pictures.</summary>
/// <param name="Top">Likeliest classes to name.</param>
/// <param name="Maps">Whether it wants class maps.</param>
/// <param name="Model">Which model; null for the first.</param>
internal sealed record PredictQuery(int Top, bool Maps, string? Model)
{
    private static readonly string[] Names = ["topk", "maps", "model"];

    /// <summary>Reads it.</summary>
    /// <exception cref="RequestException">It makes no sense.</exception>
    public static PredictQuery Of(IQueryCollection query)
    {
        if (query.Keys.FirstOrDefault(key => !Names.Contains(key)) is { } unknown) throw RequestException.Bad($"there is no parameter '{unknown}'; {Suggestion.Remedy(unknown, Names)}");
        return new(ReadTop(query["topk"]), ReadMaps(query["maps"]), query["model"] is [{ Length: > 0 } model] ? model : null);
    }

    private static int ReadTop(string? typed) => typed is null ? 5
        : int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top > 0 ? top
        : throw RequestException.Bad($"topk cannot be '{typed}'; it is a whole number from 1");

    private static bool ReadMaps(string? typed) => typed switch
    {
        null or "0" or "false" => false,
        "1" or "true" => true,
        _ => throw RequestException.Bad($"maps cannot be '{typed}'; it is 1 or 0"),
    };
}
