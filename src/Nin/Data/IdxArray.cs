using System.Collections.Immutable;

namespace Nin.Data;

/// <summary>What an IDX file holds: bytes in row-major order.</summary>
/// <param name="Dimensions">[N] for labels, [N, H, W] for images.</param>
/// <param name="Values">The product of the dimensions in bytes.</param>
public sealed record IdxArray(ImmutableArray<int> Dimensions, byte[] Values);
