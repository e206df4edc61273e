using System.Runtime.InteropServices;
using System.Text;
using Nin.Data;
using Nin.Files;
using Nin.Training.Distributed;
using Nin.Training.Native;
using TorchSharp;

namespace Nin.Training;

/// <summary>How a part of the machine was found.</summary>
public enum FindingState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Works, but slower or with less than there could be.</summary>
    Warning,

    /// <summary>Training is not possible without it.</summary>
    Missing,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">What.</param>
/// <param name="State">How it was found.</param>
/// <param name="Text">What was found.</param>
/// <param name="Remedy">What to do, where something is to be done.</param>
public sealed record Finding(string Subject, FindingState State, string Text, string? Remedy = null);

/// <summary>Looks at everything that training needs from a machine.</summary>
public static class Doctor
{
    private const double FewFreeGigabytes = 2;

    /// <summary>What was found, in the order in which things depend on each other.</summary>
    public static IReadOnlyList<Finding> Examine() =>
    [
        new("runtime", FindingState.Ok, $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}"),
        new("processor", FindingState.Ok, $"{Processor.Name}; {string.Join(", ", Processor.Features)}"),
        new("threads", FindingState.Ok, $"{Environment.ProcessorCount}"),
        Libstdcxx(),
        LibtorchFinding(),
        Bf16(),
        Gpu(),
        Mpi(),
        DataRoot(),
        Disk(),
    ];

    private static Finding LibtorchFinding()
    {
        try
        {
            var files = Libtorch.Load();
            var how = files.WasPatched ? "; through a copy of LibTorchSharp adapted to this libstdc++" : "";
            return new("libtorch", FindingState.Ok, $"{torch.__version__} from {files.Directory}{(files.FromEnvironment ? " (NIN_LIBTORCH)" : "")}{how}");
        }
        catch (NinException e)
        {
            return new("libtorch", FindingState.Missing, $"{e.Message}: {e.Why}", e.Fix);
        }
    }

    private static Finding Bf16() => Processor.HasBf16
        ? new("bfloat16", FindingState.Ok, "multiplied by the processor: --precision auto uses it")
        : new("bfloat16", FindingState.Warning, "not multiplied by this processor: --precision auto uses float32, two to four times slower");

    private static Finding Gpu()
    {
        if (LibtorchFinding().State == FindingState.Missing) return new("gpu", FindingState.Warning, "cannot be looked for without libtorch");
        if (torch.cuda.is_available()) return new("gpu", FindingState.Ok, $"{torch.cuda.device_count()} CUDA device(s)");
        return torch.mps_is_available()
            ? new("gpu", FindingState.Ok, "Metal")
            : new("gpu", FindingState.Ok, "none that this libtorch can use; the CPU is used");
    }

    private static Finding Mpi() => OpenMpi.Version() is { } version
        ? new("mpi", FindingState.Ok, $"{version}: mpirun -n 2 nin train")
        : new("mpi", FindingState.Ok, "no Open MPI (apt-get install openmpi-bin); only several machines need it");

    private static Finding DataRoot()
    {
        if (Environment.GetEnvironmentVariable("NIN_DATA") is { Length: > 0 } chosen && !Directory.Exists(chosen))
            return new("data", FindingState.Missing, $"{chosen} does not exist", "correct NIN_DATA, or unset it to use the data that comes with nin");
        string[] roots = [.. DataCatalogue.DefaultRoots.Where(Directory.Exists)];
        if (roots.Length == 0) return new("data", FindingState.Warning, "no data folder found", "set NIN_DATA to the folder that holds data sets");
        string[] found = [.. DataCatalogue.Entries.Where(entry => roots.Any(root => entry.Find(root) is not null)).Select(entry => entry.Name)];
        return new("data", FindingState.Ok, $"{string.Join(" and ", roots)}: {(found.Length == 0 ? "no built-in data set" : string.Join(", ", found))}");
    }

    private static Finding Disk()
    {
        var folder = Directory.GetCurrentDirectory();
        if (FreeSpace.Of(folder) / 1e9 is not { } free) return new("disk", FindingState.Ok, $"the system does not say how much is free in {folder}");
        return free >= FewFreeGigabytes
            ? new("disk", FindingState.Ok, $"{free:0.#} GB free in {folder}")
            : new("disk", FindingState.Warning, $"only {free:0.##} GB free in {folder}", "free space, or choose another place with --out");
    }

    /// <summary>The newest version that the C++ runtime offers; TorchSharp is built against GLIBCXX_3.4.32.</summary>
    private static Finding Libstdcxx()
    {
        if (!OperatingSystem.IsLinux()) return new("libstdc++", FindingState.Ok, "not used on this system");
        if (FindLibstdcxx() is not { } path)
            return new("libstdc++", FindingState.Missing, "libstdc++.so.6 was not found", "apt-get install libstdc++6");
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(path));
        var newest = Enumerable.Range(0, 100).Where(minor => text.Contains($"GLIBCXX_3.4.{minor}\0", StringComparison.Ordinal)).DefaultIfEmpty(0).Max();
        return new("libstdc++", FindingState.Ok, $"{path}, up to GLIBCXX_3.4.{newest}{(newest < 32 ? " (older than TorchSharp expects; adapted to)" : "")}");
    }

    private static string? FindLibstdcxx() =>
        new[] { "/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib", "/usr/lib/aarch64-linux-gnu" }
            .Select(folder => Path.Combine(folder, "libstdc++.so.6")).FirstOrDefault(File.Exists);
}
