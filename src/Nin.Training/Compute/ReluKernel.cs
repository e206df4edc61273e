using System.Runtime.Intrinsics;
using TorchSharp;

namespace Nin.Training.Compute;

/// <summary>
/// ReLU on bfloat16 in place. A negative number has its sign bit set, so that as a 16-bit integer it is negative too: ReLU is an integer comparison.
/// What is no number stays none, as in PyTorch, and loses its sign, so that behind a max pooling too a training is seen to diverge.
/// </summary>
internal static unsafe class ReluKernel
{
    private const short NegativeInfinity = unchecked((short)0xff80); // greater: NaN with a sign, then 0 and all that is positive
    private const short Magnitude = 0x7fff;

    /// <summary>x = max(x, 0).</summary>
    public static void Forward(torch.Tensor x)
    {
        var px = x.Pointer<short>();
        var length = x.numel();
        var (lowest, magnitude) = (Vector512.Create(NegativeInfinity), Vector512.Create(Magnitude));
        var i = 0L;
        for (; i <= length - Bf16.Lanes; i += Bf16.Lanes)
        {
            var values = Vector512.Load(px + i);
            Vector512.Store(values & Vector512.GreaterThan(values, lowest) & magnitude, px + i);
        }
        for (; i < length; i++) px[i] = px[i] > NegativeInfinity ? (short)(px[i] & Magnitude) : (short)0;
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
