using Nin.Training.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Nin.Training.Networks;

/// <summary>The devices that a name can mean.</summary>
internal static class Devices
{
    private static readonly string[] Names = ["auto", "cpu", "cuda", "mps"];

    /// <param name="name">auto, cpu, cuda, cuda:N or mps.</param>
    /// <param name="localRank">Among the processes of this machine, which take its GPUs in turn where none is named.</param>
    public static Device Choose(string name, int localRank = 0)
    {
        var parts = name.Split(':');
        if (!Names.Contains(parts[0]) || (parts.Length > 1 && (parts[0] != "cuda" || parts.Length > 2 || !int.TryParse(parts[1], out var number) || number < 0)))
            throw new UsageException($"there is no device '{name}'", "devices are auto, cpu, cuda, cuda:N and mps", Suggestion.Remedy(parts[0], Names));
        Libtorch.Load();
        return parts[0] switch
        {
            "auto" => cuda.is_available() ? Cuda(localRank % cuda.device_count()) : mps_is_available() ? MPS : CPU,
            "cuda" => Cuda(parts.Length > 1 ? int.Parse(parts[1]) : localRank % Math.Max(1, cuda.device_count())),
            "mps" => mps_is_available() ? MPS : throw Missing("mps", "this libtorch finds no Metal device"),
            _ => CPU,
        };
    }

    private static Device Cuda(int index)
    {
        if (!cuda.is_available()) throw Missing("cuda", "this libtorch finds no CUDA device");
        if (index >= cuda.device_count()) throw Missing($"cuda:{index}", $"this machine has {cuda.device_count()} CUDA devices, numbered from 0");
        return device(DeviceType.CUDA, index);
    }

    private static EnvironmentException Missing(string name, string why) =>
        new($"there is no device '{name}' here", why, "use --device cpu, or point NIN_LIBTORCH at a libtorch for your GPU; nin doctor tells what was found");
}
