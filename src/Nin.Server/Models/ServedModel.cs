namespace Nin.Server.Models;

/// <summary>A name under which a model is served.</summary>
internal sealed class ServedModel(ModelFile file, LoadedModel first) : IDisposable
{
    /// <summary>Under which clients ask for it.</summary>
    public string Name => file.Name;

    /// <summary>What answers now.</summary>
    public LoadedModel Current { get; } = first;

    /// <inheritdoc />
    public void Dispose() => Current.Dispose();
}
