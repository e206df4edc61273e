namespace Nin.Runs;

/// <summary>The folder that a run leaves behind, and the names of what is in it.</summary>
/// <param name="Path">For example <c>runs/train/fashion-mnist</c>.</param>
public sealed record RunDirectory(string Path)
{
    /// <summary>The effective options.</summary>
    public string Options => In("options.json");

    /// <summary>Machine and versions.</summary>
    public string Environment => In("environment.json");

    /// <summary>Which images were held out.</summary>
    public string Split => In("split.json");

    /// <summary>What the console showed, as plain lines.</summary>
    public string Log => In("train.log");

    /// <summary>A row an epoch.</summary>
    public string Results => In("results.csv");

    /// <summary>A <see cref="RunEvent"/> a line; steps are left out.</summary>
    public string Events => In("events.jsonl");

    /// <summary>The weights that were tested, as safetensors with PyTorch's keys.</summary>
    public string Weights => In("model.safetensors");

    /// <summary>What is needed to use the weights: a <see cref="Weights.ModelDescription"/>.</summary>
    public string Description => In("config.json");

    /// <summary>The same model for everyone else: an <see cref="Onnx.OnnxModel"/>.</summary>
    public string Onnx => In("model.onnx");

    /// <summary>The whitening of its images, where there is one: a <see cref="Weights.Whitening"/>.</summary>
    public string Whitening => In("whitening.safetensors");

    /// <summary>How the tested model did: an <see cref="Evaluation.EvaluationResult"/>.</summary>
    public string Evaluation => In("evaluation.json");

    /// <summary>The checkpoint after the last step.</summary>
    public string LastCheckpoint => In("checkpoints", "last.safetensors");

    /// <summary>The checkpoint before the last one, for the case that the last cannot be read.</summary>
    public string PreviousCheckpoint => In("checkpoints", "previous.safetensors");

    /// <summary>The checkpoint of the best epoch.</summary>
    public string BestCheckpoint => In("checkpoints", "best.safetensors");

    /// <summary>The checkpoint of one epoch, from 1, where every one is kept.</summary>
    public string EpochCheckpoint(int epoch) => In("checkpoints", $"epoch-{epoch:000}.safetensors");

    /// <summary>Held open by the process that trains.</summary>
    public string Lock => In("run.lock");

    /// <summary>TensorBoard's folder.</summary>
    public string TensorBoard => In("tensorboard");

    /// <summary>Loss and accuracy over epochs.</summary>
    public string Curves => In("curves.png");

    /// <summary>What is taken for what.</summary>
    public string ConfusionMatrix => In("confusion_matrix.png");

    /// <summary>Where the model sees each class.</summary>
    public string ClassMaps => In("class_maps.png");

    /// <summary>The most confident mistakes.</summary>
    public string TopLosses => In("top_losses.png");

    /// <summary>The model card.</summary>
    public string ModelCard => In("README.md");

    /// <summary>Precision, recall and F1 of each class.</summary>
    public string PerClass => In("per_class.csv");

    /// <summary>The self-contained page.</summary>
    public string Report => In("report.html");

    /// <summary>The name of the folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    private string In(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);
}
