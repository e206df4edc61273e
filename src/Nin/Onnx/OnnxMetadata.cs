using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Nin.Architectures;
using Nin.Imaging;
using Nin.Json;
using Nin.Recipes;
using Nin.Weights;

namespace Nin.Onnx;

/// <summary>What an ONNX file says of itself beside its graph: strings by name. Reading is lazy, so that a classifier starts fast.</summary>
/// <param name="Pairs">As they stand in the file.</param>
/// <param name="Origin">The file, for errors.</param>
public sealed record OnnxMetadata(IReadOnlyDictionary<string, string> Pairs, string Origin)
{
    /// <summary>A name a class, in the order of the logits.</summary>
    /// <exception cref="ModelException">They are missing or damaged.</exception>
    public ImmutableArray<string> LabelNames
    {
        get
        {
            try
            {
                using var names = JsonDocument.Parse(Text("names"));
                return [.. names.RootElement.EnumerateArray().Select(name => name.GetString() ?? throw new JsonException("a name is null"))];
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw new ModelException($"{Origin} is no model of nin", $"its metadata 'names' is no list of names: {e.Message}", "export it again: nin export <run>", e);
            }
        }
    }

    /// <summary>The whole network.</summary>
    /// <exception cref="ModelException">It is missing or damaged.</exception>
    public Architecture Architecture => ArchitectureJson.Parse(Text("architecture"), Origin);

    /// <summary>The data that it was trained on; empty where nobody said.</summary>
    public string Dataset => Pairs.GetValueOrDefault("dataset", "");

    /// <summary>Top-1 on the test images, 0..1; null where it was not tested.</summary>
    public double? TestAccuracy => double.TryParse(Pairs.GetValueOrDefault("test_accuracy"), CultureInfo.InvariantCulture, out var share) ? share : null;

    /// <summary>Whether whole images are preprocessed in the model, which fixes their size.</summary>
    public bool HasPreprocessing => Pairs.ContainsKey("preprocessing");

    /// <summary>fp32, fp16 or int8.</summary>
    public string Precision => Pairs.GetValueOrDefault("precision", "fp32");

    /// <summary>What becomes of pictures of another aspect ratio.</summary>
    public ImageFit Fit => Enum.TryParse<ImageFit>(Pairs.GetValueOrDefault("fit"), ignoreCase: true, out var fit) ? fit : ImageFit.Stretch;

    /// <summary>What stands in a file for a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="testAccuracy">0..1, or null.</param>
    /// <param name="options">How it was trained, or null; folders of the machine are left out.</param>
    internal static IEnumerable<KeyValuePair<string, string>> Of(ModelDescription model, double? testAccuracy, TrainingOptions? options)
    {
        yield return new("task", "classify");
        yield return new("names", JsonSerializer.Serialize(model.LabelNames, NinJson.Line));
        yield return new("architecture", JsonSerializer.Serialize(model.Architecture, NinJson.Line));
        yield return new("dataset", model.Dataset);
        yield return new("mean", JsonSerializer.Serialize(model.Mean, NinJson.Line));
        yield return new("std", JsonSerializer.Serialize(model.Std, NinJson.Line));
        yield return new("interpolation", model.Interpolation);
        if (model.Preprocessing.Kind != PreprocessingKind.None) yield return new("preprocessing", JsonSerializer.Serialize(model.Preprocessing, NinJson.Line));
        yield return new("fit", model.Fit.ToString().ToLowerInvariant());
        yield return new("precision", "fp32");
        if (options is not null) yield return new("training_options", JsonSerializer.Serialize(options with { Data = model.Dataset, DataRoot = null, Network = Path.GetFileName(options.Network) }, NinJson.Line));
        if (testAccuracy is { } share) yield return new("test_accuracy", share.ToString("0.######", CultureInfo.InvariantCulture));
    }

    private string Text(string key) => Pairs.TryGetValue(key, out var text)
        ? text
        : throw new ModelException($"{Origin} is no model of nin", $"its metadata has no '{key}'", "use a file that nin export wrote");
}
