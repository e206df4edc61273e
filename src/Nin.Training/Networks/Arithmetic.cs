using Nin.Recipes;
using Nin.Training.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Nin.Training.Networks;

/// <summary>Where and how a network computes.</summary>
/// <param name="Device">CPU, CUDA or MPS.</param>
/// <param name="Type">float32 or bfloat16.</param>
/// <param name="Fused">Use the kernels of <c>Nin.Training.Compute</c> where they exist: bfloat16 on the CPU. Off: PyTorch's operations throughout.</param>
public sealed record Arithmetic(Device Device, ScalarType Type, bool Fused)
{
    /// <summary>float32 on the CPU with PyTorch's operations: what every other arithmetic is compared with.</summary>
    public static Arithmetic Reference => new(CPU, ScalarType.Float32, Fused: false);

    /// <summary>
    /// What a device name and a precision come to on this machine. <c>NIN_KERNELS=plain</c> in the environment turns our kernels off everywhere,
    /// to see what they are worth or whether a fault is theirs.
    /// </summary>
    /// <param name="device">auto, cpu, cuda, cuda:N or mps.</param>
    /// <param name="precision">Auto takes bfloat16 where the processor multiplies it.</param>
    /// <param name="localRank">This process's number among those that share the machine and take its GPUs in turn.</param>
    /// <exception cref="EnvironmentException">There is no such device here.</exception>
    /// <exception cref="UsageException">There is no such name.</exception>
    public static Arithmetic Choose(string device, Precision precision, int localRank = 0)
    {
        var chosen = Devices.Choose(device, localRank);
        var bf16 = precision == Precision.Bf16 || (precision == Precision.Auto && (chosen.type == DeviceType.CUDA || (chosen.type == DeviceType.CPU && Processor.HasBf16)));
        var type = bf16 ? ScalarType.BFloat16 : ScalarType.Float32;
        var plain = Environment.GetEnvironmentVariable("NIN_KERNELS") == "plain";
        return new(chosen, type, !plain && bf16 && chosen.type == DeviceType.CPU);
    }

    /// <summary>For banners: <c>cpu, bfloat16</c>.</summary>
    public override string ToString() => $"{Device}, {(Type == ScalarType.BFloat16 ? "bfloat16" : "float32")}";
}
