using static TorchSharp.torch;

namespace Nin.Training.Batches;

/// <summary>Images and labels of one step.</summary>
/// <param name="Images">[N, H, W, C], normalised, float32 or bfloat16, on the network's device. Whoever takes the batch disposes of them.</param>
/// <param name="Labels">[N], classes from 0.</param>
public sealed record Batch(Tensor Images, int[] Labels);
