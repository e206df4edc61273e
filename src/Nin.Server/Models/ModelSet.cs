using Nin.Server.Http;

namespace Nin.Server.Models;

/// <summary>Every model of a server, by name.</summary>
/// <param name="files">What to serve.</param>
internal sealed class ModelSet(IReadOnlyList<ModelFile> files) : IDisposable
{
    /// <summary>In the order in which they were named; the first answers where none is asked for.</summary>
    public IReadOnlyList<ServedModel> All { get; } = [.. files.Select(file => new ServedModel(file))];

    /// <summary>Whether all of them answer.</summary>
    public bool AreReady => All.All(model => model.Current is not null);

    /// <summary>The model of a name.</summary>
    /// <exception cref="RequestException">There is none.</exception>
    public ServedModel Find(string name) => All.FirstOrDefault(model => model.Name == name)
        ?? throw RequestException.NotFound($"there is no model '{name}'; {Suggestion.Remedy(name, [.. All.Select(model => model.Name)])}");

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var model in All) model.Dispose();
    }
}
