using System.Collections.Immutable;
using Nin.Server.Models;

namespace Nin.Server.KServe;

/// <summary>What a client asks of a model in the KServe v2 protocol.</summary>
/// <param name="Id">Comes back with the answer; null where there is none.</param>
/// <param name="Images">[Count, C, H, W].</param>
/// <param name="Count">Images.</param>
/// <param name="Outputs">Those that are wanted, in order.</param>
internal sealed record InferRequest(string? Id, float[] Images, int Count, ImmutableArray<WantedOutput> Outputs);

/// <summary>An output that a client wants.</summary>
/// <param name="Output">Of the model.</param>
/// <param name="IsBinary">As bytes after the JSON.</param>
internal sealed record WantedOutput(ModelOutput Output, bool IsBinary);
