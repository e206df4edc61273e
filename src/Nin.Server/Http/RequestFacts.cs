using Nin.Server.Batching;

namespace Nin.Server.Http;

/// <summary>What the log says of a request beside its status.</summary>
/// <param name="Model">Which answered.</param>
/// <param name="Images">In the request.</param>
/// <param name="Batch">Images in the largest run that it was part of.</param>
/// <param name="QueueMs">The longest wait of a part of it.</param>
/// <param name="ComputeMs">The longest run that it was part of.</param>
internal sealed record RequestFacts(string Model, int Images, int Batch, double QueueMs, double ComputeMs)
{
    /// <summary>Those of a request that was classified.</summary>
    public static RequestFacts Of(string model, Answer[] answers) => new(
        model,
        answers.Sum(answer => answer.Predictions.Length),
        answers.Max(answer => answer.Batch),
        answers.Max(answer => answer.Queued.TotalMilliseconds),
        answers.Max(answer => answer.Computed.TotalMilliseconds));
}
