using Nin.Inference;

namespace Nin.Server.Pictures;

/// <summary>What a model says of one picture, for programs.</summary>
internal static class PredictionDocument
{
    /// <summary>Label, likeliest classes, and maps where they are wanted.</summary>
    public static object Of(string file, Prediction prediction, int top, object? maps) => maps is null
        ? new { file, label = prediction.Label, index = prediction.Index, probability = prediction.Probability, topk = prediction.Top(top) }
        : new { file, label = prediction.Label, index = prediction.Index, probability = prediction.Probability, topk = prediction.Top(top), maps };
}
