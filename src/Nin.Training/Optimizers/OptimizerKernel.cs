using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nin.Recipes;
using Nin.Training.Compute;
using Nin.Training.Networks;
using static TorchSharp.torch;

namespace Nin.Training.Optimizers;

/// <summary>One pass over the flat buffers: decay, momentum or Adam's means, update, and the rounded copy for the next forward pass.</summary>
internal static unsafe class OptimizerKernel
{
    /// <summary>SGD with momentum, Nesterov's where asked for.</summary>
    public static void Sgd(ParameterStore store, OptimizerOptions options, Tensor mean, Tensor rates, Tensor decays, double rate)
    {
        var buffers = new Buffers(store, rates, decays);
        var m = mean.Pointer<float>();
        var (learningRate, momentum, nesterov) = ((float)rate, Vector512.Create((float)options.Momentum), options.Nesterov);
        Cores.For(buffers.Blocks, (first, end) =>
        {
            for (var i = first * Bf16.Lanes; i < end * Bf16.Lanes; i += Bf16.Lanes)
                buffers.Store(i, Update(i), Update(i + 16));
        });

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector512<float> Update(long i)
        {
            var weight = Vector512.Load(buffers.Weights + i);
            var gradient = Vector512.FusedMultiplyAdd(Vector512.Load(buffers.Decays + i), weight, Vector512.Load(buffers.Gradients + i));
            var velocity = Vector512.FusedMultiplyAdd(Vector512.Load(m + i), momentum, gradient);
            Vector512.Store(velocity, m + i);
            var step = nesterov ? Vector512.FusedMultiplyAdd(velocity, momentum, gradient) : velocity;
            return weight - learningRate * Vector512.Load(buffers.Rates + i) * step;
        }
    }

    /// <summary>Adam, and AdamW where the decay acts on the weights.</summary>
    /// <param name="store">Weights and gradients.</param>
    /// <param name="options">Betas and epsilon.</param>
    /// <param name="mean">Of gradients.</param>
    /// <param name="square">Mean of their squares.</param>
    /// <param name="rates">Relative rates.</param>
    /// <param name="decays">Decays.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="step">From 1.</param>
    public static void Adam(ParameterStore store, OptimizerOptions options, Tensor mean, Tensor square, Tensor rates, Tensor decays, double rate, long step)
    {
        var buffers = new Buffers(store, rates, decays);
        var m = mean.Pointer<float>();
        var s = square.Pointer<float>();
        var (beta1, beta2, epsilon) = ((float)options.Beta1, (float)options.Beta2, Vector512.Create((float)options.Epsilon));
        var (learningRate, decoupled) = ((float)rate, options.Kind == OptimizerKind.AdamW);
        var meanCorrection = (float)(rate / (1 - Math.Pow(options.Beta1, step)));
        var squareCorrection = (float)(1 / (1 - Math.Pow(options.Beta2, step)));
        Cores.For(buffers.Blocks, (first, end) =>
        {
            for (var i = first * Bf16.Lanes; i < end * Bf16.Lanes; i += Bf16.Lanes)
                buffers.Store(i, Update(i), Update(i + 16));
        });

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector512<float> Update(long i)
        {
            var weight = Vector512.Load(buffers.Weights + i);
            var gradient = Vector512.Load(buffers.Gradients + i);
            var decay = Vector512.Load(buffers.Decays + i);
            var relative = Vector512.Load(buffers.Rates + i);
            if (decoupled) weight *= Vector512<float>.One - learningRate * relative * decay;
            else gradient = Vector512.FusedMultiplyAdd(decay, weight, gradient);
            var newMean = Vector512.Load(m + i) * beta1 + gradient * (1 - beta1);
            var newSquare = Vector512.Load(s + i) * beta2 + gradient * gradient * (1 - beta2);
            Vector512.Store(newMean, m + i);
            Vector512.Store(newSquare, s + i);
            return weight - meanCorrection * relative * newMean / (Vector512.Sqrt(newSquare * squareCorrection) + epsilon);
        }
    }

    /// <summary>What both rules read and write.</summary>
    private readonly struct Buffers(ParameterStore store, Tensor rates, Tensor decays)
    {
        public readonly float* Weights = store.Master.Pointer<float>();
        public readonly float* Gradients = store.Gradient.Pointer<float>();
        public readonly float* Rates = rates.Pointer<float>();
        public readonly float* Decays = decays.Pointer<float>();
        public readonly long Blocks = store.Master.numel() / Bf16.Lanes;
        private readonly ushort* _copy = store.Compute.dtype == ScalarType.BFloat16 ? store.Compute.Pointer<ushort>() : null;

        public void Store(long i, Vector512<float> low, Vector512<float> high)
        {
            Vector512.Store(low, Weights + i);
            Vector512.Store(high, Weights + i + 16);
            if (_copy != null) Vector512.Store(Bf16.Narrow(low, high), _copy + i);
        }
    }
}
