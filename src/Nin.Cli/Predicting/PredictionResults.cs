using Nin.Inference;

namespace Nin.Cli.Predicting;

/// <summary>What <c>nin predict</c> found, picture by picture.</summary>
/// <param name="classifier">The model.</param>
/// <param name="model">Its file.</param>
/// <param name="top">Classes to show of each.</param>
internal sealed class PredictionResults(Classifier classifier, string model, int top)
{
    private readonly List<FilePrediction> _all = [];
    private readonly UnreadablePictures _unreadable = new();

    /// <summary>In the order of the command line.</summary>
    public IReadOnlyList<FilePrediction> All => _all;

    /// <summary>Classes to show of each.</summary>
    public int Top { get; } = Math.Min(top, classifier.LabelNames.Length);

    /// <summary>One more. Nothing shows its class maps, which for many pictures would fill the memory.</summary>
    public void Add(FilePrediction result)
    {
        _all.Add(result with { Prediction = result.Prediction is { } said ? said with { Maps = null } : null });
        if (result.Error is { } error) _unreadable.Add(result.Path, error);
    }

    /// <summary>For programs.</summary>
    public object Document() => new
    {
        model,
        predictions = _all.Where(result => result.Prediction is not null).Select(result => new
        {
            file = result.Path,
            label = result.Prediction!.Label,
            index = result.Prediction.Index,
            probability = result.Prediction.Probability,
            topk = result.Prediction.Top(Top),
            logits = result.Prediction.Logits,
        }),
        errors = _unreadable.Documents,
    };

    /// <summary>Exit code 0.</summary>
    /// <exception cref="DataException">Files could not be read; all others were classified.</exception>
    public int Check() => _unreadable.Check(_all.Count);
}
