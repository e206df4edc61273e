using System.Collections.Immutable;
using System.Text.Json;
using Nin.Architectures;
using Nin.Json;

namespace Nin.Golden;

/// <summary>The values that make_golden.py fills tensors with; its first lines say how they are numbered and scaled.</summary>
public static class GoldenValues
{
    /// <summary>The tensor number of the images.</summary>
    public const int Images = 9999;

    /// <summary>The first <paramref name="count"/> values of a tensor: offset + scale * u, with u in [-0.5, 0.5).</summary>
    public static float[] Fill(int tensorNumber, int count, float scale, float offset = 0)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            var u = (Mix(unchecked((uint)(tensorNumber * 1000003L + i))) & 0xFFFF) / 65536f - 0.5f;
            values[i] = offset + scale * u;
        }
        return values;
    }

    /// <summary>A batch of images in [0, 1), [N, C, H, W].</summary>
    public static float[] FillImages(Shape input, int batch) => Fill(Images, checked((int)(batch * input.Elements)), 1, 0.5f);

    /// <summary>The finaliser of MurmurHash3 (public domain).</summary>
    private static uint Mix(uint h)
    {
        h ^= h >> 16;
        h *= 0x85EBCA6B;
        h ^= h >> 13;
        h *= 0xC2B2AE35;
        return h ^ (h >> 16);
    }

    internal static T Load<T>(string name) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", name)), NinJson.Line)!;
}

/// <summary>A tensor of a golden network's state dict and how to fill it.</summary>
public sealed record GoldenTensor(int Number, string Name, ImmutableArray<int> Shape, float Offset, float Scale)
{
    /// <summary>Its values, row-major.</summary>
    public float[] Fill() => GoldenValues.Fill(Number, Shape.Aggregate(1, (product, side) => product * side), Scale, Offset);
}

/// <summary>logits.json.</summary>
public sealed record GoldenLogits(string MadeBy, ImmutableArray<GoldenFormula> Formula, ImmutableArray<GoldenNet> Nets)
{
    /// <summary>Reads the file beside the tests.</summary>
    public static GoldenLogits Load() => GoldenValues.Load<GoldenLogits>("logits.json");
}

/// <summary>The first values of a tensor, to check <see cref="GoldenValues.Fill"/> with.</summary>
public sealed record GoldenFormula(int Number, float Scale, float Offset, ImmutableArray<float> Values);

/// <summary>What PyTorch makes of a network.</summary>
/// <param name="Architecture">The network, in Nin's format.</param>
/// <param name="Parameters">Trainable values.</param>
/// <param name="Tensors">The state dict in order, without <c>num_batches_tracked</c>.</param>
/// <param name="Batch">N, how many images to fill.</param>
/// <param name="Eval">Logits [N, K] outside training.</param>
/// <param name="Train">Logits [N, K] with the batch's own statistics in batch norm and with dropout off; null without batch norm.</param>
/// <param name="Statistics">Running statistics after that one training pass, by name; null without batch norm.</param>
public sealed record GoldenNet(
    Architecture Architecture,
    long Parameters,
    ImmutableArray<GoldenTensor> Tensors,
    int Batch,
    ImmutableArray<float> Eval,
    ImmutableArray<float>? Train = null,
    ImmutableDictionary<string, ImmutableArray<float>>? Statistics = null);

/// <summary>steps.json: a tiny network, and what two steps of each optimizer make of it.</summary>
/// <param name="MadeBy">PyTorch's version.</param>
/// <param name="Architecture">The network, in Nin's format.</param>
/// <param name="Tensors">Its state dict before the first step.</param>
/// <param name="Batch">N; both steps see the same images.</param>
/// <param name="Labels">[N].</param>
/// <param name="LabelSmoothing">Of the cross-entropy.</param>
/// <param name="Steps">How many steps each case takes.</param>
/// <param name="Cases">One an optimizer, each from the same start.</param>
public sealed record GoldenSteps(
    string MadeBy,
    Architecture Architecture,
    ImmutableArray<GoldenTensor> Tensors,
    int Batch,
    ImmutableArray<int> Labels,
    double LabelSmoothing,
    int Steps,
    ImmutableArray<GoldenStepCase> Cases)
{
    /// <summary>Reads the file beside the tests.</summary>
    public static GoldenSteps Load() => GoldenValues.Load<GoldenSteps>("steps.json");
}

/// <summary>An optimizer's steps. Betas and epsilon are PyTorch's defaults: 0.9, 0.999, 1e-8.</summary>
/// <param name="Optimizer">sgd, adam or adamw.</param>
/// <param name="LearningRate">Constant.</param>
/// <param name="WeightDecay">Of tensors with more than one dimension; the others have none.</param>
/// <param name="Momentum">Of sgd.</param>
/// <param name="Nesterov">Of sgd.</param>
/// <param name="Losses">Before each step.</param>
/// <param name="State">Every tensor after the last step, by name, running statistics included.</param>
public sealed record GoldenStepCase(
    string Optimizer,
    double LearningRate,
    double WeightDecay,
    double Momentum,
    bool Nesterov,
    ImmutableArray<float> Losses,
    ImmutableDictionary<string, ImmutableArray<float>> State);

/// <summary>windows.json: how many windows PyTorch's max pooling fits along a side, 0 where it refuses.</summary>
/// <param name="MadeBy">PyTorch's version.</param>
/// <param name="Rows">size, kernel, stride, padding, ceil (0 or 1), windows.</param>
public sealed record GoldenWindows(string MadeBy, ImmutableArray<ImmutableArray<int>> Rows)
{
    /// <summary>Reads the file beside the tests.</summary>
    public static GoldenWindows Load() => GoldenValues.Load<GoldenWindows>("windows.json");
}

/// <summary>resized.json: pictures that Pillow has resized.</summary>
/// <param name="MadeBy">Pillow's version.</param>
/// <param name="Cases">One a size and fit.</param>
public sealed record GoldenResized(string MadeBy, ImmutableArray<GoldenResize> Cases)
{
    /// <summary>Reads the file beside the tests.</summary>
    public static GoldenResized Load() => GoldenValues.Load<GoldenResized>("resized.json");
}

/// <summary>A picture that make_resized.py describes, resized.</summary>
/// <param name="Width">Of the picture.</param>
/// <param name="Height">Of the picture.</param>
/// <param name="ToWidth">Wanted.</param>
/// <param name="ToHeight">Wanted.</param>
/// <param name="Fit">What becomes of another aspect ratio.</param>
/// <param name="Pixels">[H, W, 3].</param>
public sealed record GoldenResize(int Width, int Height, int ToWidth, int ToHeight, Imaging.ImageFit Fit, byte[] Pixels);

/// <summary>preprocessed.json: what NumPy makes of the images that make_preprocessed.py describes.</summary>
/// <param name="MadeBy">NumPy's version.</param>
/// <param name="Images">Which of the images are listed.</param>
/// <param name="Cases">One a kind of preprocessing.</param>
public sealed record GoldenPreprocessed(string MadeBy, ImmutableArray<int> Images, ImmutableArray<GoldenPreprocessing> Cases)
{
    /// <summary>Reads the file beside the tests.</summary>
    public static GoldenPreprocessed Load() => GoldenValues.Load<GoldenPreprocessed>("preprocessed.json");
}

/// <summary>Images, preprocessed.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Values">Those of <see cref="GoldenPreprocessed.Images"/>, [C, H, W] each.</param>
/// <param name="ZcaBias">Of the whitening.</param>
/// <param name="ZcaKeep">Of the whitening.</param>
/// <param name="Kept">Directions that the whitening keeps.</param>
/// <param name="Window">Of the local contrast normalisation.</param>
public sealed record GoldenPreprocessing(Recipes.PreprocessingKind Kind, ImmutableArray<float> Values, double ZcaBias = 0.1, double ZcaKeep = 1, int Kept = 0, int Window = 9);
