using Nin.Data;
using Nin.Evaluation;
using Nin.Recipes;
using Nin.Training.Batches;
using Nin.Training.Compute;
using Nin.Training.Distributed;
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

    /// <summary>Images at a time, at least one.</summary>
    public int Batch { get; init; } = 500;

    /// <summary>Judge each image together with its mirror image too: <see cref="EvaluationResult.Top1Flips"/>.</summary>
    public bool Flips { get; init; }
}

/// <summary>Tests a stored model on labelled images.</summary>
public static class ModelEvaluation
{
    /// <summary>Loss, accuracy and all the rest on images as they are; with flips where the settings ask for them.</summary>
    /// <param name="modelOrRun">A run's folder, a checkpoint in it, or weights with a <c>config.json</c> beside them.</param>
    /// <param name="images">Of the model's channels; other sizes are resized.</param>
    /// <param name="settings">Device, precision, threads, batch.</param>
    /// <exception cref="ModelException">The weights or their description are missing, damaged or do not fit together.</exception>
    /// <exception cref="DataException">The images do not fit the model.</exception>
    public static EvaluationResult Evaluate(string modelOrRun, ImageSet images, EvaluationSettings settings) => Evaluate(StoredModel.Read(modelOrRun), images, settings);

    /// <summary>The same of a model that was read.</summary>
    /// <param name="model">Weights and what they belong to.</param>
    /// <param name="images">Of the model's channels; other sizes are resized.</param>
    /// <param name="settings">Device, precision, threads, batch.</param>
    /// <exception cref="ModelException">Weights and network do not fit together.</exception>
    /// <exception cref="DataException">The images do not fit the model.</exception>
    public static EvaluationResult Evaluate(StoredModel model, ImageSet images, EvaluationSettings settings)
    {
        if (images.Classes != model.Description.NumClasses)
            throw new DataException($"{images.Name} does not fit {model.Path}", $"it has {images.Classes} classes, the model {model.Description.NumClasses}", "test on data like that which the model was trained on");
        return Run<EvaluationResult>(model, images, settings, settings.Flips ? ModelTester.EvaluateWithFlips : ModelTester.Evaluate);
    }

    /// <summary>The logits of all images, [N, K] row by row.</summary>
    /// <param name="model">Weights and what they belong to.</param>
    /// <param name="images">Of the model's channels; other sizes are resized.</param>
    /// <param name="settings">Device, precision, threads, batch.</param>
    /// <exception cref="ModelException">Weights and network do not fit together.</exception>
    /// <exception cref="DataException">The images do not fit the model.</exception>
    public static float[] Logits(StoredModel model, ImageSet images, EvaluationSettings settings) => Run(model, images, settings, ModelTester.Logits);

    private static T Run<T>(StoredModel model, ImageSet images, EvaluationSettings settings, Func<Network, ImageSet, PixelPipeline, int, Ranks, T> test)
    {
        Cores.Use(settings.Threads);
        var description = model.Description;
        if (images.Shape.Channels != description.InputSize.Channels)
            throw new DataException($"{images.Name} does not fit {model.Path}", $"its images have {images.Shape.Channels} channels, the model takes {description.InputSize.Channels}", "test on data like that which the model was trained on");
        using var network = new Network(description.Architecture, Arithmetic.Choose(settings.Device, settings.Precision));
        NetworkWeights.Import(network, model.Weights, model.Path);
        using var preprocessor = description.Preprocessing.Kind == PreprocessingKind.None ? null : new Preprocessor(description.Preprocessing, description.InputSize, model.Whitening);
        var pipeline = new PixelPipeline(images.Shape, description.InputSize, description.Mean, description.Std) { Preprocessor = preprocessor };
        return test(network, images, pipeline, settings.Batch, Ranks.Alone);
    }
}
