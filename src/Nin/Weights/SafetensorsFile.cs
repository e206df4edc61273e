namespace Nin.Weights;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Tensors">By name, in the order of their bytes in the file.</param>
/// <param name="Metadata">Strings only.</param>
public sealed record SafetensorsFile(IReadOnlyDictionary<string, TensorData> Tensors, IReadOnlyDictionary<string, string> Metadata);
