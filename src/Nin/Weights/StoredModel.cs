using Nin.Json;
using Nin.Recipes;
using Nin.Runs;

namespace Nin.Weights;

/// <summary>A model as it lies on disk: weights, and the <c>config.json</c> that says what they belong to.</summary>
/// <param name="Path">The file of weights.</param>
/// <param name="Description">Network, class names, scaling, sizes.</param>
/// <param name="Weights">Under PyTorch's names.</param>
/// <param name="Whitening">Of its images, where there is one.</param>
public sealed record StoredModel(string Path, ModelDescription Description, IReadOnlyDictionary<string, TensorData> Weights, Whitening? Whitening = null)
{
    /// <summary>What the names of a checkpoint's weights begin with.</summary>
    public const string CheckpointPrefix = "model.";

    /// <summary>What those of their average begin with; where there is one, it is the model.</summary>
    public const string AveragePrefix = "averaged.";

    private const string CheckpointMark = "optimizer.mean";

    /// <summary>Reads a model.</summary>
    /// <param name="modelOrRun">A run's folder, a checkpoint in it, or weights with a <c>config.json</c> beside them.</param>
    /// <exception cref="ModelException">The weights or their description are missing, damaged or contradict themselves.</exception>
    public static StoredModel Read(string modelOrRun)
    {
        var path = Directory.Exists(modelOrRun) ? new RunDirectory(modelOrRun).Weights : modelOrRun;
        if (path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
            throw new ModelException($"{path} cannot be read as weights", "an ONNX file is made of them, to be run", "give the run's folder, or the model.safetensors in it");
        var (description, folder) = ReadDescription(path);
        var whitening = description.Preprocessing.Kind == PreprocessingKind.GcnZca ? Whitening.Read(new RunDirectory(folder).Whitening, description.InputSize.Elements) : null;
        return new(path, description, ReadWeights(path), whitening);
    }

    /// <summary>The tensors whose names begin with a prefix, by the rest of their names.</summary>
    public static IReadOnlyDictionary<string, TensorData> Under(string prefix, IReadOnlyDictionary<string, TensorData> tensors) =>
        tensors.Where(tensor => tensor.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(tensor => tensor.Key[prefix.Length..], tensor => tensor.Value);

    /// <summary>The <c>config.json</c> beside weights, or in the run's folder above a checkpoint.</summary>
    private static (ModelDescription Description, string Folder) ReadDescription(string weights)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(weights))!;
        var path = new[] { folder, System.IO.Path.GetDirectoryName(folder) }.OfType<string>().Select(place => new RunDirectory(place).Description).FirstOrDefault(File.Exists)
            ?? throw new ModelException($"{weights} cannot be used alone", $"there is no config.json in {folder}, which says what network the weights belong to", "give the run's folder, or copy its config.json beside the weights");
        var description = JsonFile.Read<ModelDescription>(path) ?? throw new ModelException($"{path} describes no model", "it is null", "copy it again from its run");
        if (description.Interpolation != ModelDescription.Bilinear)
            throw new ModelException($"{path} asks for {description.Interpolation} interpolation", $"nin resizes images by {ModelDescription.Bilinear} interpolation only", $"where small differences do not matter, write \"{ModelDescription.Bilinear}\"");
        if (Contradiction(description) is { } why) throw new ModelException($"{path} contradicts itself", why, "copy it again from its run");
        return (description, System.IO.Path.GetDirectoryName(path)!);
    }

    private static string? Contradiction(ModelDescription model)
    {
        var (input, classes) = (model.InputSize, model.Architecture.Classes);
        if (model.Architecture.Input != input) return $"its network takes images of {model.Architecture.Input}, its input_size is {input}";
        if (model.DataSize is { } data && (data.Channels != input.Channels || data.Height < 1 || data.Width < 1)) return $"images of its data_size, {data}, cannot be resized to {input}";
        if (model.NumClasses != classes || model.LabelNames.Length != classes) return $"its network tells {classes} classes apart, num_classes is {model.NumClasses}, and label_names has {model.LabelNames.Length}";
        if (model.Mean.Length != input.Channels || model.Std.Length != input.Channels) return $"images have {input.Channels} channels, mean has {model.Mean.Length} values, std {model.Std.Length}";
        return null;
    }

    private static IReadOnlyDictionary<string, TensorData> ReadWeights(string path)
    {
        var tensors = Safetensors.Read(path).Tensors;
        if (!tensors.ContainsKey(CheckpointMark)) return tensors;
        return Under(AveragePrefix, tensors) is { Count: > 0 } averaged ? averaged : Under(CheckpointPrefix, tensors);
    }
}
