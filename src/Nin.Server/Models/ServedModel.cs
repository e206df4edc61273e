using Nin.Server.Http;

namespace Nin.Server.Models;

/// <summary>A name under which a model is served, whichever state of its file that is.</summary>
/// <param name="file">The model.</param>
internal sealed class ServedModel(ModelFile file) : IDisposable
{
    private volatile LoadedModel? _current;

    /// <summary>The name and its file.</summary>
    public ModelFile File => file;

    /// <summary>Under which clients ask for it.</summary>
    public string Name => file.Name;

    /// <summary>What answers now; null until it is warm.</summary>
    public LoadedModel? Current => _current;

    /// <summary>Keeps what answers now until the use is disposed, even when another takes its place.</summary>
    /// <exception cref="RequestException">It is not warm yet.</exception>
    public Use Begin()
    {
        while (_current is { } current)
        {
            if (current.TryUse()) return new(current);
        }
        throw RequestException.Unavailable($"the model '{Name}' is warming up");
    }

    /// <summary>Lets another state answer from now on; requests that have begun end with the old one.</summary>
    public void Replace(LoadedModel? by) => Interlocked.Exchange(ref _current, by)?.Release();

    /// <inheritdoc />
    public void Dispose() => Replace(null);

    /// <summary>The time during which a request needs a model.</summary>
    /// <param name="Model">The model.</param>
    internal readonly record struct Use(LoadedModel Model) : IDisposable
    {
        /// <inheritdoc />
        public void Dispose() => Model.Release();
    }
}
