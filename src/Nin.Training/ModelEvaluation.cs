using System.Text.Json;
using Nin.Data;
using Nin.Evaluation;
using Nin.Json;
using Nin.Recipes;
using Nin.Runs;
using Nin.Training.Batches;
using Nin.Training.Compute;
using Nin.Training.Networks;
using Nin.Training.Preprocessing;
using Nin.Training.Runs;
using Nin.Weights;

namespace Nin.Training;

/// <summary>How a stored model is to be run.</summary>
public sealed record EvaluationSettings
{
    /// <summary>auto, cpu, cuda, cuda:N or mps.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>The arithmetic of the network.</summary>
    public Precision Precision { get; init; } = Precision.Auto;

    /// <summary>Threads; 0 uses every core.</summary>
    public int Threads { get; init; }

    /// <summary>Images at a time.</summary>
    public int Batch { get; init; } = 500;
}

/// <summary>Tests a stored model on labelled images.</summary>
public static class ModelEvaluation
{
    /// <summary>Loss, accuracy and all the rest on images as they are.</summary>
    /// <param name="modelOrRun">A run's folder, a checkpoint in it, or weights with a <c>config.json</c> beside them.</param>
    /// <param name="images">Of the model's channels; other sizes are resized.</param>
    /// <param name="settings">Device, precision, threads, batch.</param>
    /// <exception cref="ModelException">The weights or their description are missing, damaged or do not fit together.</exception>
    /// <exception cref="DataException">The images do not fit the model.</exception>
    public static EvaluationResult Evaluate(string modelOrRun, ImageSet images, EvaluationSettings settings)
    {
        Cores.Use(settings.Threads);
        var weights = Directory.Exists(modelOrRun) ? new RunDirectory(modelOrRun).Weights : modelOrRun;
        var (model, description) = ReadDescription(weights);
        Check(model, images, weights);
        using var network = new Network(model.Architecture, Arithmetic.Choose(settings.Device, settings.Precision));
        NetworkWeights.Import(network, ReadWeights(weights), weights);
        using var preprocessor = Preprocessor(model, new RunDirectory(Path.GetDirectoryName(description)!).Whitening);
        var pipeline = new PixelPipeline(images.Shape, model.InputSize, model.Mean, model.Std).With(preprocessor);
        return ModelTester.Evaluate(network, images, pipeline, settings.Batch);
    }

    /// <summary>The <c>config.json</c> beside weights, or in the run's folder above a checkpoint.</summary>
    private static (ModelDescription Model, string Path) ReadDescription(string weights)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(weights))!;
        var path = new[] { folder, Path.GetDirectoryName(folder)! }.Select(place => new RunDirectory(place).Description).FirstOrDefault(File.Exists)
            ?? throw new ModelException($"{weights} cannot be used alone", $"there is no config.json in {folder}, which says what network the weights belong to", "give the run's folder, or copy its config.json beside the weights");
        try
        {
            return (JsonSerializer.Deserialize<ModelDescription>(File.ReadAllText(path), NinJson.Line)
                ?? throw new ModelException($"{path} describes no model", "it is null", "copy it again from its run"), path);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path} describes no model", e.Message, "copy it again from its run", e);
        }
    }

    private static Preprocessor? Preprocessor(ModelDescription model, string whitening) => model.Preprocessing.Kind switch
    {
        PreprocessingKind.None => null,
        PreprocessingKind.GcnZca => new(model.Preprocessing, model.InputSize, Whitening.Read(whitening, model.InputSize.Elements)),
        _ => new(model.Preprocessing, model.InputSize, whitening: null),
    };

    private static IReadOnlyDictionary<string, TensorData> ReadWeights(string path)
    {
        var tensors = Safetensors.Read(path).Tensors;
        return tensors.Keys.Any(name => name.StartsWith("model.", StringComparison.Ordinal)) && tensors.ContainsKey("optimizer.mean")
            ? Checkpoint.Weights(tensors)
            : tensors;
    }

    private static void Check(ModelDescription model, ImageSet images, string origin)
    {
        if (images.Shape.Channels != model.InputSize.Channels)
            throw new DataException($"{images.Name} does not fit {origin}", $"its images have {images.Shape.Channels} channels, the model takes {model.InputSize.Channels}", "test on data like that which the model was trained on");
        if (images.Classes != model.NumClasses)
            throw new DataException($"{images.Name} does not fit {origin}", $"it has {images.Classes} classes, the model {model.NumClasses}", "test on data like that which the model was trained on");
    }
}
