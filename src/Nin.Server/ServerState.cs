using Nin.Server.Models;

namespace Nin.Server;

/// <summary>Whether a server wants requests.</summary>
internal sealed class ServerState(ModelSet models)
{
    private volatile bool _isDraining;

    /// <summary>Whether every model is warm, and it does not drain.</summary>
    public bool IsReady => !_isDraining && models.AreReady;

    /// <summary>From now on it wants no more requests.</summary>
    public void Drain() => _isDraining = true;
}
