using Nin.Server.Http;

namespace Nin.Server.Models;

/// <summary>Every model of a server, by name.</summary>
internal sealed class ModelSet(IReadOnlyList<ServedModel> models) : IDisposable
{
    /// <summary>In the order in which they were named; the first answers where none is asked for.</summary>
    public IReadOnlyList<ServedModel> All => models;

    /// <summary>The model of a name.</summary>
    /// <exception cref="RequestException">There is none.</exception>
    public ServedModel Find(string name) => models.FirstOrDefault(model => model.Name == name)
        ?? throw RequestException.NotFound($"there is no model '{name}'; {Suggestion.Remedy(name, [.. models.Select(model => model.Name)])}");

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var model in models) model.Dispose();
    }
}
