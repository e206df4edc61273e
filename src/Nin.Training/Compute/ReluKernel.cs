using System.Runtime.Intrinsics;
using TorchSharp;

namespace Nin.Training.Compute;

/// <summary>ReLU on bfloat16 in place. A negative number has its sign bit set, so that as a 16-bit integer it is negative too: ReLU is an integer maximum.</summary>
internal static unsafe class ReluKernel
{
    /// <summary>x = max(x, 0).</summary>
    public static void Forward(torch.Tensor x)
    {
        var px = x.Pointer<short>();
        var length = x.numel();
        var i = 0L;
        for (; i <= length - Bf16.Lanes; i += Bf16.Lanes)
            Vector512.Store(Vector512.Max(Vector512.Load(px + i), Vector512<short>.Zero), px + i);
        for (; i < length; i++) px[i] = Math.Max(px[i], (short)0);
    }

    /// <summary>gradient = y > 0 ? gradient : 0.</summary>
    public static void Backward(torch.Tensor gradient, torch.Tensor y)
    {
        var pg = gradient.Pointer<short>();
        var py = y.Pointer<short>();
        var length = y.numel();
        var i = 0L;
        for (; i <= length - Bf16.Lanes; i += Bf16.Lanes)
            Vector512.Store(Vector512.Load(pg + i) & Vector512.GreaterThan(Vector512.Load(py + i), Vector512<short>.Zero), pg + i);
        for (; i < length; i++) pg[i] = py[i] > 0 ? pg[i] : (short)0;
    }
}
