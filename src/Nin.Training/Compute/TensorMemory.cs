using TorchSharp;

namespace Nin.Training.Compute;

/// <summary>The memory of a contiguous tensor on the CPU.</summary>
internal static class TensorMemory
{
    /// <exception cref="ArgumentException">Its elements are of another size.</exception>
    public static unsafe T* Pointer<T>(this torch.Tensor tensor) where T : unmanaged
    {
        if (tensor.ElementSize != sizeof(T)) throw new ArgumentException($"the tensor is {tensor.dtype}, and was taken for {typeof(T).Name}", nameof(tensor));
        if (tensor.numel() * sizeof(T) > int.MaxValue)
        {
            // No span is as long; the first element is where the tensor begins.
            using var flat = tensor.view(-1);
            using var first = flat.narrow(0, 0, 1);
            return first.Pointer<T>();
        }
        // The span's own start is the tensor's memory, which libtorch does not move.
        fixed (byte* memory = tensor.bytes) return (T*)memory;
    }
}
