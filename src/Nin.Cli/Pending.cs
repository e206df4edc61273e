// Stand-ins for types that are being written elsewhere; this file goes once they are here.
#pragma warning disable CS1591, CA1822, IDE0060, IDE0130
using Nin.Architectures;
using Nin.Data;
using Nin.Evaluation;
using Nin.Recipes;
using Nin.Runs;

namespace Nin.Data
{
    internal sealed record DataEntry(string Name, string Description, Shape Shape, int Classes);

    internal static class DataCatalogue
    {
        public static IReadOnlyList<DataEntry> Entries { get; } =
            [.. new[] { "fashion-mnist", "mnist", "cifar10", "cifar100", "svhn" }.Select(name => new DataEntry(name, "", new Shape(1, 28, 28), 10))];
        public static IReadOnlyCollection<string> Names { get; } = [.. Entries.Select(entry => entry.Name)];
        public static DataSet Load(string nameOrFolder, string? root) => throw new NotImplementedException();
    }

    internal sealed record DataReport(int Images)
    {
        public static DataReport Of(DataSet data) => new(data.Train.Count);
    }
}

namespace Nin.Recipes
{
    internal static class OptionsReader
    {
        public static IReadOnlyCollection<string> ConfigNames { get; } = ["fashion-mnist", "writeup-a", "writeup-b", "writeup-c", "writeup-e"];
        public static TrainingOptions Read(TrainingOptions defaults, string? configPathOrName, IReadOnlyList<KeyValuePair<string, string>> overrides) => defaults;
    }

    internal static class OptionsCheck
    {
        public static void Check(TrainingOptions options) { }
    }
}

namespace Nin.Runs
{
    internal sealed record RunSummary(RunDirectory Directory, TrainingOptions? Options, RunEnded? Ended);

    internal sealed class RunStore(string? root = null)
    {
        public RunDirectory Create(string task, string name) => new(Path.Combine(root ?? "runs", task, name));
        public RunDirectory Find(string nameOrPath) => throw new UsageException($"there is no run '{nameOrPath}'", "there are none", "nin runs");
        public IReadOnlyList<RunSummary> List() => [];
    }

    internal static class ResultsCsv
    {
        public static IReadOnlyList<EpochEnded> Read(string path) => [];
    }
}

namespace Nin.Architectures
{
    internal static class ArchitectureJson
    {
        public static Architecture Read(string path) => throw new NotImplementedException();
    }

    internal sealed record LayerRow(int Index, string Description, Shape Output, long Parameters, long Macs, int ReceptiveField, long ActivationBytes);

    internal sealed record Yardstick(string Name, long Parameters, double SizeMb);

    internal sealed record NetworkSummary(string Name, string Source, Shape Input, IReadOnlyList<LayerRow> Rows, long Parameters, long Macs, double SizeMb)
    {
        public static IReadOnlyList<Yardstick> Yardsticks { get; } = [];
        public static NetworkSummary Of(Architecture architecture) => new(architecture.Name, architecture.Source, architecture.Input, [], architecture.Plan().Parameters, architecture.Plan().Macs, architecture.Plan().SizeMb);
    }
}

namespace Nin.Training
{
    internal static class TrainingRun
    {
        public static RunEnded Train(TrainingOptions options, DataSet data, RunDirectory directory, Action<RunEvent> report, CancellationToken stop) => throw new NotImplementedException();
    }

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
}

namespace Nin.Reports
{
    internal static class RunReport
    {
        public static void Write(RunDirectory directory) { }
    }

    internal static class CompareCurvesPlot
    {
        public static void Write(IEnumerable<(string Name, IReadOnlyList<EpochEnded> Epochs)> runs, string path) => throw new NotImplementedException();
    }

    internal static class ImageSheet
    {
        public static void Write(ImageSet images, string path) => throw new NotImplementedException();
    }
}
