using static TorchSharp.torch;

namespace Nin.Training.Tests;

/// <summary>How many tensors there are.</summary>
internal static class LiveTensors
{
    /// <summary>Without those that earlier tests left to the finalizer, which would vanish at any moment.</summary>
    public static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
