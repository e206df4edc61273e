namespace Nin.Cli.Benching;

/// <summary>How a server is put under load.</summary>
internal sealed record LoadOptions
{
    /// <summary>The server: <c>http://127.0.0.1:8080</c>.</summary>
    public required Uri Server { get; init; }

    /// <summary>What is asked for.</summary>
    public required LoadRoute Route { get; init; }

    /// <summary>The model; null for the server's first.</summary>
    public string? Model { get; init; }

    /// <summary>Clients at once, each with a connection of its own; the next request follows the answer.</summary>
    public int Clients { get; init; } = 32;

    /// <summary>How long to measure.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Images in a request.</summary>
    public int Images { get; init; } = 1;

    /// <summary>Picture files to send to <c>/predict</c>, in turns; the first sixteen are taken.</summary>
    public IReadOnlyList<string> Pictures { get; init; } = [];

    /// <summary>The key that the server asks for; null where it asks for none.</summary>
    public string? ApiKey { get; init; }
}

/// <summary>What a load asks for.</summary>
internal enum LoadRoute
{
    /// <summary><c>/v2/models/{name}/infer</c> with tensors as bytes.</summary>
    Infer,

    /// <summary><c>/predict</c> with picture files.</summary>
    Predict,
}
