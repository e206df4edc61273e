using static TorchSharp.torch;

namespace Nin.Training.Batches;

/// <summary>Images and classes of one step, or one rank's part of them.</summary>
/// <param name="Images">[N, H, W, C], normalised, float32 or bfloat16, on the network's device. Whoever takes the batch disposes of them.</param>
/// <param name="Targets">[N], what the images are examples of.</param>
/// <param name="First">The place of the first image in the whole batch.</param>
/// <param name="Whole">The images of the whole batch.</param>
public sealed record Batch(Tensor Images, Target[] Targets, int First, int Whole);
