using Nin.Json;
using Nin.Runs;

namespace Nin.Training.Runs;

/// <summary>The files that say what a run is, written before its first step, and again where its folder has vanished.</summary>
internal static class RunDescription
{
    public static void Write(RunDirectory directory, RunPlan plan)
    {
        JsonFile.Write(directory.Options, plan.Options);
        JsonFile.Write(directory.Description, plan.Model);
        plan.Whitening?.Write(directory.Whitening);
        JsonFile.Write(directory.Environment, TrainingEnvironment.Describe(plan.Arithmetic, plan.Ranks));
        HeldOutImages.Of(plan).Write(directory.Split);
    }
}
