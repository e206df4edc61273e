using System.Reflection;
using System.Runtime.InteropServices;
using Nin.Training.Compute;
using Nin.Training.Distributed;
using Nin.Training.Native;
using Nin.Training.Networks;
using TorchSharp;
using static System.FormattableString;

namespace Nin.Training;

/// <summary>Machine and versions, as a run records them.</summary>
public static class TrainingEnvironment
{
    /// <summary>Name and value, in a fixed order.</summary>
    public static IReadOnlyDictionary<string, string> Describe(Arithmetic arithmetic, Ranks ranks) => new Dictionary<string, string>
    {
        ["nin"] = typeof(TrainingEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["system"] = RuntimeInformation.OSDescription,
        ["processor"] = Processor.Name,
        ["cores"] = Environment.ProcessorCount.ToString(),
        ["threads"] = Cores.Count.ToString(),
        ["memory"] = Invariant($"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1073741824.0:0.0} GiB"),
        ["torchsharp"] = typeof(torch).Assembly.GetName().Version?.ToString(3) ?? "",
        ["libtorch"] = torch.__version__,
        ["libtorch_folder"] = Libtorch.Load().FromEnvironment ? "NIN_LIBTORCH" : "package",
        ["arithmetic"] = arithmetic.ToString(),
        ["ranks"] = ranks.Count.ToString(),
        ["hosts"] = string.Join(", ", ranks.Hosts.Distinct()),
    };
}
