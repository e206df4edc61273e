using System.Text.Json;
using System.Text.Json.Serialization;
using Nin.Recipes;
using Nin.Training.Networks;
using Nin.Training.Optimizers;
using Nin.Weights;
using static TorchSharp.torch;

namespace Nin.Training.Runs;

/// <summary>A run between two steps in one safetensors file: weights under <c>model.</c>, the optimizer's memory under <c>optimizer.</c>, progress and options as JSON in the metadata.</summary>
internal static class Checkpoint
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static void Write(string path, Network network, Optimizer optimizer, RunProgress progress, TrainingOptions options)
    {
        var tensors = NetworkWeights.Export(network).Select(weight => KeyValuePair.Create($"model.{weight.Key}", weight.Value)).ToList();
        tensors.Add(new("optimizer.mean", Flat(optimizer.Mean)));
        if (optimizer.Square is { } square) tensors.Add(new("optimizer.square", Flat(square)));
        Safetensors.Write(path, tensors, new Dictionary<string, string>
        {
            ["format"] = "nin checkpoint 1",
            ["progress"] = JsonSerializer.Serialize(progress, Json),
            ["options"] = JsonSerializer.Serialize(options, Nin.Json.NinJson.Line),
        });
    }

    /// <summary>Puts a run back where it was.</summary>
    /// <exception cref="ModelException">The file is no checkpoint of this network.</exception>
    public static RunProgress Read(string path, Network network, Optimizer optimizer)
    {
        var file = Safetensors.Read(path);
        var progress = Progress(file, path);
        NetworkWeights.Import(network, Weights(file.Tensors), path);
        Restore(optimizer.Mean, file, "optimizer.mean", path);
        if (optimizer.Square is { } square) Restore(square, file, "optimizer.square", path);
        optimizer.Steps = progress.Step;
        return progress;
    }

    /// <summary>The network's weights among a checkpoint's tensors.</summary>
    public static IReadOnlyDictionary<string, TensorData> Weights(IReadOnlyDictionary<string, TensorData> tensors) =>
        tensors.Where(tensor => tensor.Key.StartsWith("model.", StringComparison.Ordinal)).ToDictionary(tensor => tensor.Key["model.".Length..], tensor => tensor.Value);

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
