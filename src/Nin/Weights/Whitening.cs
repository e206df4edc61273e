using System.Collections.Immutable;

namespace Nin.Weights;

/// <summary>ZCA whitening as files keep it: y = (x - mean) * matrix, x and y being images as rows of D = C * H * W values in the order [C, H, W].</summary>
/// <param name="Mean">[D].</param>
/// <param name="Matrix">[D, D], symmetric, row by row.</param>
/// <param name="Kept">Directions that are kept.</param>
public sealed record Whitening(float[] Mean, float[] Matrix, int Kept)
{
    /// <summary>D.</summary>
    public int Values => Mean.Length;

    /// <summary>Writes it as safetensors: <c>mean</c> and <c>whitening</c>.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public void Write(string path) => Safetensors.Write(
        path,
        [new("mean", TensorData.OfFloats(Mean, Values)), new("whitening", TensorData.OfFloats(Matrix, Values, Values))],
        new Dictionary<string, string> { ["kind"] = "zca", ["kept"] = $"{Kept}" });

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="values">D, as the model has it.</param>
    /// <exception cref="ModelException">It is missing, damaged or of another size.</exception>
    public static Whitening Read(string path, long values)
    {
        var file = Safetensors.Read(path);
        if (!file.Tensors.TryGetValue("mean", out var mean) || !file.Tensors.TryGetValue("whitening", out var matrix) || !Has(mean, [values]) || !Has(matrix, [values, values]))
            throw new ModelException($"{path} holds no whitening for this model", $"expected float32 tensors mean [{values}] and whitening [{values}, {values}]", "take it from the model's run again");
        return new(mean.ToFloats(), matrix.ToFloats(), int.TryParse(file.Metadata.GetValueOrDefault("kept"), out var kept) ? kept : (int)values);
    }

    private static bool Has(TensorData tensor, ImmutableArray<long> shape) => tensor.Dtype == "F32" && tensor.Shape.AsSpan().SequenceEqual(shape.AsSpan());
}
