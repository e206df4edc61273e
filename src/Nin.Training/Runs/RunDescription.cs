using System.Text.Json;
using Nin.Files;
using Nin.Json;
using Nin.Runs;

namespace Nin.Training.Runs;

/// <summary>The files that say what a run is, written before its first step.</summary>
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
}
