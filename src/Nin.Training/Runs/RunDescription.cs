using System.Text.Json;
using Nin.Files;
using Nin.Json;
using Nin.Runs;

namespace Nin.Training.Runs;

/// <summary>What is known of a run before its first step: the files that describe it, and the event that begins it.</summary>
internal static class RunDescription
{
    public static void Write(RunDirectory directory, RunPlan plan)
    {
        AtomicFile.WriteText(directory.Options, JsonSerializer.Serialize(plan.Options, NinJson.Indented));
        AtomicFile.WriteText(directory.Description, JsonSerializer.Serialize(plan.Model, NinJson.Indented));
        plan.Whitening?.Write(directory.Whitening);
        AtomicFile.WriteText(directory.Environment, JsonSerializer.Serialize(TrainingEnvironment.Describe(plan.Arithmetic, plan.Ranks), NinJson.Indented));
        HeldOutImages.Of(plan).Write(directory.Split);
    }

    public static RunStarted Event(RunDirectory directory, RunPlan plan) => new()
    {
        RunDir = directory.Path,
        Settings = RunBanner.Of(plan),
        TrainImages = plan.Train.Count,
        ValImages = plan.ValidationImages,
        TestImages = plan.Test?.Count ?? 0,
        Parameters = plan.Model.Architecture.Plan().Parameters,
        StepsPerEpoch = plan.StepsPerEpoch,
        Epochs = plan.Options.Epochs,
    };
}
