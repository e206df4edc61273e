using TorchSharp;

namespace Nin.Training.Compute;

/// <summary>The memory of a contiguous tensor on the CPU.</summary>
internal static class TensorMemory
{
    public static unsafe T* Pointer<T>(this torch.Tensor tensor) where T : unmanaged
    {
        // The span's own start is the tensor's memory, which libtorch does not move.
        fixed (byte* memory = tensor.bytes) return (T*)memory;
    }
}
