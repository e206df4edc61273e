using System.Text.Json;
using System.Text.Json.Serialization;
using Nin.Recipes;
using Nin.Training.Networks;
using Nin.Weights;
using static TorchSharp.torch;

namespace Nin.Training.Runs;

/// <summary>A run between two steps in one safetensors file: weights under <c>model.</c>, their average under <c>averaged.</c> where that is what is judged, what the optimizer remembers beside them, progress and options as JSON in the metadata.</summary>
internal static class Checkpoint
{
    /// <summary>How progress is written.</summary>
    public static readonly JsonSerializerOptions Json = new() { IgnoreReadOnlyProperties = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static void Write(string path, Learner learner, RunProgress progress, TrainingOptions options, string? keepPreviousAs = null)
    {
        var weights = Named(StoredModel.CheckpointPrefix, NetworkWeights.Export(learner.Network));
        var judged = learner.IsAveraged ? Named(StoredModel.AveragePrefix, learner.Weights()) : [];
        var memory = learner.Memory().Select(values => KeyValuePair.Create(values.Name, Flat(values.Values)));
        Safetensors.Write(path, weights.Concat(judged).Concat(memory), new Dictionary<string, string>
        {
            ["format"] = "nin checkpoint 1",
            ["progress"] = JsonSerializer.Serialize(progress, Json),
            ["options"] = JsonSerializer.Serialize(options, Nin.Json.NinJson.Line),
        }, keepPreviousAs);
    }

    /// <summary>Puts a run back where it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="learner">What is filled.</param>
    /// <param name="ofEpoch">The epoch after which it has to have been written; null takes any.</param>
    /// <exception cref="ModelException">The file is no checkpoint of this network, or of another epoch.</exception>
    public static RunProgress Read(string path, Learner learner, int? ofEpoch = null)
    {
        var file = Safetensors.Read(path);
        var progress = Progress(file, path);
        if (ofEpoch is { } epoch && progress.Epoch != epoch)
            throw new ModelException($"{path} is not of epoch {epoch}", $"it was written after epoch {progress.Epoch}; the later one could not be", "free space in the run's folder");
        NetworkWeights.Import(learner.Network, StoredModel.Under(StoredModel.CheckpointPrefix, file.Tensors), path);
        foreach (var (name, values) in learner.Memory()) Restore(values, file, name, path);
        learner.Optimizer.Steps = progress.Step;
        return progress;
    }

    private static IEnumerable<KeyValuePair<string, TensorData>> Named(string prefix, IEnumerable<KeyValuePair<string, TensorData>> weights) =>
        weights.Select(weight => KeyValuePair.Create(prefix + weight.Key, weight.Value));

    private static RunProgress Progress(SafetensorsFile file, string path)
    {
        try
        {
            if (file.Metadata.TryGetValue("progress", out var text) && JsonSerializer.Deserialize<RunProgress>(text, Json) is { } progress) return progress;
        }
        catch (JsonException)
        {
            // Said below.
        }
        throw new ModelException($"{path} is no checkpoint", "its metadata holds no progress of a run", "choose a file from a run's checkpoints folder");
    }

    private static TensorData Flat(Tensor values)
    {
        using var onCpu = values.cpu();
        return TensorData.OfFloats(onCpu.data<float>().ToArray(), values.shape);
    }

    private static void Restore(Tensor target, SafetensorsFile file, string name, string path)
    {
        if (!file.Tensors.TryGetValue(name, out var data) || !data.Shape.SequenceEqual(target.shape))
            throw new ModelException($"{path} does not fit the run", $"'{name}' is missing or not of shape [{target.shape[0]}]", "resume with the network and the optimizer that the run began with");
        using var values = tensor(data.ToFloats());
        target.copy_(values);
    }
}
