// Stand-ins for types that are being written elsewhere; this file goes once they are here.
#pragma warning disable CS1591, IDE0060, IDE0130
using Nin.Data;
using Nin.Evaluation;
using Nin.Recipes;

namespace Nin.Training;

internal sealed record EvaluationSettings
{
    public string Device { get; init; } = "auto";
    public Precision Precision { get; init; }
    public int Threads { get; init; }
    public int Batch { get; init; }
}

internal static class ModelEvaluation
{
    public static EvaluationResult Evaluate(string modelPathOrRunFolder, ImageSet images, EvaluationSettings settings) => throw new NotImplementedException();
}

internal enum FindingState { Ok, Warning, Missing }

internal sealed record Finding(string Subject, FindingState State, string Text, string? Remedy);

internal static class Doctor
{
    public static IReadOnlyList<Finding> Examine() => [new("runtime", FindingState.Ok, Environment.Version.ToString(), null)];
}
