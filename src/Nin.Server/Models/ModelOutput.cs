namespace Nin.Server.Models;

/// <summary>What a model gives for each image.</summary>
/// <param name="Name">logits, probabilities or class_maps.</param>
/// <param name="Shape">Without the batch.</param>
internal sealed record ModelOutput(string Name, int[] Shape);
